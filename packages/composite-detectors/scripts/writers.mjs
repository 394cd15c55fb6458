// A Python with the libraries whose data the tests recognise: a virtual environment in the user's cache, made once. Prints its interpreter.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Wheels only: nothing is compiled for a test. */
const libraries = [
  ...['numpy', 'pyarrow', 'zarr', 'icechunk', 'pylance', 'deltalake', 'pyiceberg', 'sqlalchemy'],
  ...['datasets', 'safetensors', 'onnx', 'h5py'],
]
const longest = 300_000

/** The interpreter, or null with the reason on stderr. */
export function writersPython() {
  const key = createHash('sha256').update(libraries.join(' ')).digest('hex').slice(0, 12)
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  const place = join(cache, 'roar-tests', `writers-${key}`)
  const python = join(place, 'bin/python')
  if (existsSync(join(place, 'made'))) return python
  rmSync(place, { recursive: true, force: true })
  mkdirSync(dirname(place), { recursive: true })
  const pip = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', '--only-binary', ':all:']
  const done = run('python3', ['-m', 'venv', place]) && (run(python, [...pip, ...libraries]) || oneByOne(python, pip))
  if (!done) return null
  mkdirSync(join(place, 'made.new'))
  renameSync(join(place, 'made.new'), join(place, 'made'))
  return python
}

/** A library without a wheel for this machine leaves the others. */
const oneByOne = (python, pip) => libraries.filter((name) => run(python, [...pip, name])).length > 0

function run(command, words) {
  const done = spawnSync(command, words, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', timeout: longest })
  if (done.status === 0) return true
  console.error(
    `${command} ${words.slice(0, 3).join(' ')}: ${done.error?.message ?? done.stderr.trim().split('\n').at(-1)}`,
  )
  return false
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const python = writersPython()
  if (python === null) process.exitCode = 1
  else console.log(python)
}
