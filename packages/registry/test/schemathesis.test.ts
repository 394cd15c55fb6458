/** What a machine thinks of to send, by our own description of the API. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from './program.ts'
import { installTool } from './python-tool.ts'
import { place } from './workbench.ts'

const version = '4.32.5'
const checks = [
  'not_a_server_error',
  'content_type_conformance',
  'response_schema_conformance',
  'status_code_conformance',
]

describe('schemathesis of PyPI', () => {
  const bench = place(async () => undefined)

  it('finds no request that the registry answers with a fault, or in another shape than it says', async (context) => {
    const cwd = mkdtempSync(join(tmpdir(), 'roar-st-'))
    const venv = join(cwd, 'venv')
    const missing = await installTool(venv, `schemathesis==${version}`)
    if (missing !== null) return context.skip(missing)
    const env = process.env as Record<string, string>
    const registry = await bench.registry()
    const ada = await registry.account('ada')
    await ada.publish({ job: [['a'], ['b']] }, { owner_resolution: 'current_user', visibility: 'public' })
    const url = await registry.app.listen({ host: '127.0.0.1', port: 0 })
    const words = ['run', `${url}/api/v1/openapi.json`, '--url', url, '-H', `Authorization: ${ada.authorization}`]
    // How far fuzzing comes depends on the machine's pace: FUZZ=1 asks for it, as whoever changes the API should.
    const phases = process.env.FUZZ ? 'examples,coverage,fuzzing' : 'examples,coverage'
    const limits = ['--phases', phases, '--max-examples', '5', '--max-time', '25', '--seed', '1']
    // Logging out would end the run's own right to ask.
    const found = await run(
      join(venv, 'bin/st'),
      [...words, ...limits, '--checks', checks.join(','), '--exclude-path', '/api/v1/auth/logout', '--no-color'],
      { env, cwd },
    )
    expect(found.code, found.text.slice(-6000)).toBe(0)
  })
})
