// What is found where, and what is refused.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { nativeFile, packagedNative, platformName, version } from './index.ts'

const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-native-')))
afterAll(() => rmSync(place, { recursive: true }))

function platformPackage(of: string): string {
  const at = join(place, `native-${of}`)
  mkdirSync(at, { recursive: true })
  return at
}

describe('native parts', () => {
  it('are those of the clone where it has built them', () => {
    expect(nativeFile('roar-ptrace')).toMatch(
      new RegExp(`/packages/tracer-ptrace/native/build/${platformName()}/roar-ptrace$`),
    )
  })

  it('come with the package of the platform, which lies beside the others', () => {
    const at = platformPackage('linux-test')
    writeFileSync(join(at, 'package.json'), JSON.stringify({ version }))
    expect(packagedNative('linux-test', place)).toBe(at)
  })

  it('are null where no package for the platform is installed', () => {
    expect(packagedNative('plan9-mips', place)).toBeNull()
  })

  it('of another version are refused with the way out', () => {
    writeFileSync(join(platformPackage('linux-old'), 'package.json'), JSON.stringify({ version: '0.0.9' }))
    expect(() => packagedNative('linux-old', place)).toThrowError(
      expect.objectContaining({
        code: 'ROAR_NATIVE_VERSION',
        remedy: [`npm install @roar/native-linux-old@${version}`],
      }),
    )
  })

  it('are asked for in the version of this package', () => {
    const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
    expect(manifest.version).toBe(version)
  })
})
