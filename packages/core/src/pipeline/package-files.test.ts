// Lock files in force are the project's: those that packages brought along bind nobody.
import { expect, it } from 'vitest'
import type { BytePath } from '../byte-path.ts'
import type { ArtifactDetector, Probe } from '../contracts.ts'
import type { PackageUse } from '../model.ts'
import { lockFilesOf } from './package-files.ts'

const there = ['/w/Cargo.lock', '/w/member/Cargo.lock', '/cargo/src/a-1.0/Cargo.lock']
const probe = { exists: (path: string) => there.includes(path) } as unknown as Probe
const detector: ArtifactDetector = { name: 'cargo', detect: () => null, lockFiles: { cargo: ['Cargo.lock'] } }
const hashes = { hash: async (paths: readonly BytePath[]) => paths.map(() => ({ digests: { blake3: 'x' } })) as never }
const used = [{ ecosystem: 'cargo', name: 'a', version: '1.0' }] as unknown as readonly PackageUse[]

it('takes lock files that the job read, and those above its directories, but none of a package', async () => {
  const search = {
    root: '/w' as BytePath,
    folders: ['/w/src', '/cargo/src/a-1.0'] as BytePath[],
    inputs: ['/w/member/Cargo.lock', '/cargo/src/a-1.0/Cargo.lock', '/w/src/main.rs'] as BytePath[],
    keeps: (path: BytePath) => !path.startsWith('/cargo/'),
  }
  const found = await lockFilesOf(used, [detector], probe, search, hashes, ['blake3'])
  expect(found.map(({ path }) => path)).toEqual(['/w/Cargo.lock', '/w/member/Cargo.lock'])
})
