import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { placesIn } from '../places.ts'
import { preparePython } from './python.ts'

const place = mkdtempSync(join(tmpdir(), 'roar-python-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

/** A reproduction's room whose PATH has `program` as `name`, then `path`. */
function roomWith(folder: string, name: string, program: string, path: string, env: NodeJS.ProcessEnv = {}) {
  const places = placesIn(join(place, folder), { prefix: '', clone: '' })
  for (const at of [places.logs, places.cache, places.temporary]) mkdirSync(at, { recursive: true })
  const bin = join(place, folder, 'bin')
  mkdirSync(bin)
  if (program.startsWith('#!')) writeFileSync(join(bin, name), program)
  else symlinkSync(program, join(bin, name))
  chmodSync(join(bin, name), 0o755)
  const said = { say: () => undefined, substitute: () => undefined }
  return { env: { ...env, PATH: `${bin}:${path}` }, places, timeout: null, anyVersion: false, ...said }
}

const pypi = (name: string, version: string) =>
  ({ ecosystem: 'pypi', name, version, purl: `pkg:pypi/${name}@${version}` }) as never

const planOf = (...packages: never[]) =>
  ({ kind: 'python', version: null, packages, projects: [], steps: ['@1'], at: null }) as const

it('An environment that a broken attempt left is made anew: uv refuses to make one where one is', async () => {
  const uv = '#!/bin/sh\nfor at; do :; done\ntest ! -e "$at" && mkdir -p "$at"\n'
  const room = roomWith('again', 'uv', uv, process.env.PATH as string)
  mkdirSync(join(room.places.environments, 'python/half'), { recursive: true })
  const at = await preparePython(room, planOf(), 'python')
  expect(existsSync(join(at, 'half'))).toBe(false)
})

const makeWheel = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1] + '/greeting-1.0-py3-none-any.whl', 'w') as wheel:
    wheel.writestr('greeting.py', "")
    wheel.writestr('greeting-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: greeting\\nVersion: 1.0\\n')
    wheel.writestr('greeting-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr('greeting-1.0.dist-info/RECORD', '')
`
/** Words that a program says. */
const words = (program: string, ...argv: readonly string[]): readonly string[] =>
  spawnSync(program, argv).stdout.toString().trim().split(/\s+/)

const [python = '', pip] = words(
  'python3',
  '-c',
  'import sys, ensurepip, pip; print(sys.executable, ensurepip.version())',
)
const list = 'import importlib.metadata as m; print(*sorted(d.metadata["Name"].lower() for d in m.distributions()))'

describe.skipIf(pip === undefined)(
  `Without uv${pip === undefined ? ': python3 has no pip, or no ensurepip' : ''}`,
  () => {
    const installed = async (folder: string, ...packages: never[]) => {
      const wheels = mkdtempSync(join(place, 'wheels-'))
      spawnSync(python, ['-c', makeWheel, wheels])
      const room = roomWith(folder, 'python3', python, '/nowhere', { PIP_NO_INDEX: '1', PIP_FIND_LINKS: wheels })
      const at = await preparePython(room, planOf(...packages), 'python')
      return words(join(at, 'bin/python'), '-I', '-c', list)
    }

    it('an environment has the recorded packages alone, no pip of ours', async () =>
      expect(await installed('alone', pypi('greeting', '1.0'))).toEqual(['greeting']))

    it('and pip where pip was recorded', async () =>
      expect(await installed('with-pip', pypi('greeting', '1.0'), pypi('pip', pip as string))).toContain('pip'))
  },
)

/** Its pip knows no `--python`, as before 22.3. */
const old = `#!/bin/sh
PATH=/bin:/usr/bin
echo "$*" >> "\${0%/bin/*}/asked"
case "$*" in
  *--python*) exit 2 ;;
  '-m venv '*) for at; do :; done; mkdir -p "$at/bin" && cp "$0" "$at/bin/python" ;;
  '-m pip'*) test -e "\${0%/bin/*}/pip" ;;
  '-m ensurepip') touch "\${0%/bin/*}/pip" ;;
  *) echo 3.9.1 ;;
esac
`

it('What its maker’s pip cannot install is installed by one of its own', async () => {
  const room = roomWith('old', 'python3', old, '/nowhere')
  const at = await preparePython(room, planOf(pypi('greeting', '1.0')), 'python')
  const asked = readFileSync(join(at, 'asked'), 'utf8').trim().split('\n')
  expect(asked.map((one) => one.replace(/ -r .*| install .*/, ''))).toEqual([
    `-m pip --python ${at}/bin/python`,
    '-m pip --version',
    '-m ensurepip',
    '-m pip',
  ])
})
