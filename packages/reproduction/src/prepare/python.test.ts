import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { placesIn } from '../places.ts'
import { preparePython } from './python.ts'

const place = mkdtempSync(join(tmpdir(), 'roar-python-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

it('An environment that a broken attempt left is made anew: uv refuses to make one where one is', async () => {
  const places = placesIn(join(place, 'again'), { prefix: '', clone: '' })
  for (const at of [places.logs, places.cache, places.temporary, join(places.environments, 'python/half')])
    mkdirSync(at, { recursive: true })
  const uv = join(place, 'uv')
  writeFileSync(uv, '#!/bin/sh\nfor at; do :; done\ntest ! -e "$at" && mkdir -p "$at"\n')
  chmodSync(uv, 0o755)
  const room = {
    env: { PATH: `${place}:${process.env.PATH}` },
    ...{ places, timeout: null, anyVersion: false },
    ...{ say: () => undefined, substitute: () => undefined },
  }
  const plan = { kind: 'python', version: null, packages: [], projects: [], steps: ['@1'], at: null } as const
  const at = await preparePython(room, plan, 'python')
  expect(existsSync(join(at, 'half'))).toBe(false)
})
