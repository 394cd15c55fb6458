// Where the daemon of a tracer is looked for, before the tracer is loaded.
import { afterEach, expect, it } from 'vitest'
import type { PluginHost } from '../plugins/plugin-host.ts'
import { tracerCandidates } from './tracer-candidates.ts'

const plugins = {
  contributions: () => [
    { name: 'near', sockets: ['/run/near.sock'], socketVariable: 'ROAR_TEST_SOCKET' },
    { name: 'none', sockets: [], socketVariable: null },
  ],
} as unknown as PluginHost
const socketsOf = (name: string) => tracerCandidates(plugins).sockets?.(name)

afterEach(() => {
  delete process.env.ROAR_TEST_SOCKET
})

it('looks for a daemon where its manifest says, and where a variable names another place nowhere else', () => {
  expect([socketsOf('near'), socketsOf('none')]).toEqual([['/run/near.sock'], []])
  process.env.ROAR_TEST_SOCKET = '/own.sock'
  expect([socketsOf('near'), socketsOf('none')]).toEqual([['/own.sock'], []])
  process.env.ROAR_TEST_SOCKET = ''
  expect(socketsOf('near')).toEqual(['/run/near.sock'])
})
