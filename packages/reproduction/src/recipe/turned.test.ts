import { expect, it } from 'vitest'
import { leadsOut } from './turned.ts'

const turned = [{ from: '/mnt/data', to: '../outside/mnt/data' }]

it.each([
  ['in/a', false],
  ['..a/b', false],
  ['/mnt/data/a', true],
  ['../outside/mnt/data', false],
  ['../outside/mnt/data/a', false],
  ['../outside/mnt/data-2', true],
  ['../outside/mnt/data/../../../../x', true],
  ['../a', true],
  ['in/../../a', true],
  ['..', true],
])('%s leads out: %s', (path, is) => {
  expect(leadsOut(path, turned)).toBe(is)
})
