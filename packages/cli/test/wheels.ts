/** Packages of Python, made here: a test then asks no index. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestWorkspace } from './workspace.ts'

/** A wheel without any tool: a zip with the three files that its format asks for. */
const makeWheel = `
import sys, zipfile
name, version, directory = sys.argv[1:]
info = f'{name}-{version}.dist-info'
with zipfile.ZipFile(f'{directory}/{name}-{version}-py3-none-any.whl', 'w') as wheel:
    wheel.writestr(f'{name}/__init__.py', f"VERSION = '{version}'\\n")
    wheel.writestr(f'{info}/METADATA', f'Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n')
    wheel.writestr(f'{info}/WHEEL', 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr(f'{info}/RECORD', f'{name}/__init__.py,,\\n{info}/METADATA,,\\n{info}/WHEEL,,\\n{info}/RECORD,,\\n')
`

/** Makes `greeting`, of which `VERSION` is its version, in each of them. Returns the directory. */
export function makeWheels(workspace: TestWorkspace, ...versions: readonly string[]): string {
  const wheels = join(workspace.place, 'wheels')
  mkdirSync(wheels)
  writeFileSync(join(workspace.place, 'wheel.py'), makeWheel)
  for (const version of versions) {
    const made = workspace.command('python3', '../wheel.py', 'greeting', version, wheels)
    if (made.code !== 0) throw new Error(made.err)
  }
  return wheels
}
