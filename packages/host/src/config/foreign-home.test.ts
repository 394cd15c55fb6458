import { chmodSync, chownSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConfig } from './load-config.ts'

const nobody = 65_534

describe.skipIf(process.getuid?.() !== 0)('settings in a closed home (needs root)', () => {
  it('are none where it is another user’s, and an error where it is one’s own', async () => {
    const place = mkdtempSync(join(tmpdir(), 'roar-home-'))
    chmodSync(place, 0o755)
    for (const [name, owner] of [
      ['roots', 0],
      ['own', nobody],
    ] as const) {
      mkdirSync(join(place, name), { mode: 0o700 })
      chmodSync(join(place, name), 0)
      chownSync(join(place, name), owner, owner)
    }
    const load = (name: string) => loadConfig({ workspace: null, env: { HOME: join(place, name) } })
    process.seteuid?.(nobody)
    try {
      expect((await load('roots')).get('hash.primary')).toBe('blake3')
      await expect(load('own')).rejects.toMatchObject({ code: 'ROAR_CONFIG_UNREADABLE' })
    } finally {
      process.seteuid?.(0)
    }
  })
})
