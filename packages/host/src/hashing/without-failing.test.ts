// Hashes of strangers that fail in every way, in real runs: the job is recorded with the other digests, and whose fault it was is said.
import { display, type HashAlgorithm, type Progress } from '@roar/core'
import { describe, expect, it } from 'vitest'
import { createRoar } from '../create-roar.ts'
import { cleanEnv, newRepository } from '../git/repository.test-data.ts'
import { initWorkspace } from '../workspace/init-workspace.ts'

const zeros = (length: number) => ({ update: () => undefined, digest: () => new Uint8Array(length) })
const noLuck = (): never => {
  throw new Error('no luck')
}

const failing: Readonly<Record<string, readonly [() => unknown, string]>> = {
  'cannot be made': [noLuck, 'Error: no luck'],
  'cannot begin': [() => ({ name: 'odd', digestLength: 4, create: noLuck }), 'Error: no luck'],
  'throws at the bytes': [
    () => ({ name: 'odd', digestLength: 4, create: () => ({ ...zeros(4), update: noLuck }) }),
    'Error: no luck',
  ],
  'throws at the end': [
    () => ({ name: 'odd', digestLength: 4, create: () => ({ ...zeros(4), digest: noLuck }) }),
    'Error: no luck',
  ],
  'answers text': [
    () => ({ name: 'odd', digestLength: 4, create: () => ({ ...zeros(4), digest: () => 'abcd' }) }),
    'is string',
  ],
  'answers fewer bytes than it promised': [
    () => ({ name: 'odd', digestLength: 4, create: () => zeros(3) }),
    'is 3 bytes',
  ],
}

async function workspaceWith(create: () => unknown) {
  const repository = newRepository()
  repository.write('in.txt', 'hello')
  await initWorkspace(repository.root)
  repository.commit()
  const hashes = [{ name: 'odd', create: create as () => HashAlgorithm }]
  return createRoar({
    plugins: [
      '@roar/store-sql',
      '@roar/tracer-preload',
      '@roar/hash-blake3',
      { name: 'stranger', contributes: { hashes } },
    ],
    directory: repository.root,
  })
}

async function recordedWith(create: () => unknown) {
  const roar = await workspaceWith(create)
  const told: Progress[] = []
  const argv = ['sh', '-c', 'cat in.txt > out.txt; exit 3']
  const run = { argv, env: cleanEnv, algorithms: ['odd'], onProgress: (one: Progress) => void told.push(one) }
  const { outcome, exit } = await roar.run(run)
  const [job] = await (await roar.store()).jobs()
  await roar.close()
  const warnings = told.flatMap((one) => (one.phase === 'warning' ? [one.message] : []))
  return { exit, status: job?.status, warnings, outputs: outcome.outputs }
}

it('a hash of a stranger that loses files which it reads by itself is named', async () => {
  const files = { hashFiles: async () => [] }
  const roar = await workspaceWith(() => ({ name: 'odd', digestLength: 4, create: () => zeros(4), files }))
  const why = expect.stringContaining('0 answers for 1 files')
  await expect(roar.hash(['in.txt'], ['odd'])).rejects.toMatchObject({ code: 'ROAR_PLUGIN_FAILED', why })
  await roar.close()
})

describe('a hash of a stranger', () => {
  for (const [how, [create, cause]] of Object.entries(failing)) {
    it(`that ${how} costs no record, and is named once`, async ({ skip }) => {
      if (process.platform !== 'linux') skip('the preload tracer of this version is for Linux')
      const { exit, status, warnings, outputs } = await recordedWith(create)
      expect(exit).toEqual({ exitCode: 3, signal: null })
      expect(status).toBe('failed')
      expect(outputs.map(({ path, digests }) => [display(path), Object.keys(digests)])).toEqual([
        ['out.txt', ['blake3']],
      ])
      expect(warnings).toHaveLength(1)
      expect(warnings[0]).toMatch(/'odd'/)
      expect(warnings[0]).toMatch(/ROAR_PLUGIN_FAILED/)
      expect(warnings[0]).toContain(cause)
      expect(warnings[0]).toContain('roar plugin remove stranger')
    })

    it(`that ${how} is named where its digest is what was asked for`, async () => {
      const roar = await workspaceWith(create)
      const asked = roar.hash(['in.txt'], ['odd'])
      await expect(asked).rejects.toMatchObject({
        code: 'ROAR_PLUGIN_FAILED',
        data: { plugin: 'stranger', name: 'odd' },
      })
      await roar.close()
    })
  }
})
