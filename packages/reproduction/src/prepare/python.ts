/** Makes a virtual environment with the recorded Python and exactly the recorded packages: with uv where it is, else venv and pip. */
import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { PackageUse } from '@roar/core'
import type { EnvironmentPlan } from '../plan/plan.ts'
import { isWithin, requirementOf } from '../recipe/python-package.ts'
import { runProgram, tail } from '../run-process.ts'
import { type EnvironmentRoom, environmentFailed, haveProgram, toolEnv } from './environment.ts'

type PythonPlan = Extract<EnvironmentPlan, { kind: 'python' }>

/** Returns its directory. */
export async function preparePython(room: EnvironmentRoom, plan: PythonPlan, name: string): Promise<string> {
  const at = plan.at === null ? join(room.places.environments, name) : join(room.places.workspace, plan.at)
  const uv = haveProgram('uv', room.env)
  room.say({
    phase: 'environment',
    what: `Python ${plan.version ?? ''} with ${plan.packages.length} packages`.replace('  ', ' '),
  })
  // What a broken attempt left is of no use, and uv makes none where one is. Another directory of that name is the commit's.
  if (plan.at === null || existsSync(join(at, 'pyvenv.cfg'))) rmSync(at, { recursive: true, force: true })
  const whole = !uv && plan.packages.some((one) => ofVenv.includes(one.name.toLowerCase()))
  await run(room, name, uv ? uvVenv(plan, at) : pythonVenv(findPython(room, plan.version), at, whole))
  const installers = whole ? [pipInstall] : [...(uv ? [uvInstall] : []), makersPip]
  await install(room, plan.packages, at, name, installers)
  await installInPlace(room, plan.projects, at, name, installers)
  return at
}

/** `python -m venv` puts them in, which takes it 3 s of its 3.2: where none of them was recorded, they stay out. */
const ofVenv = ['pip', 'setuptools']

const pythonVenv = (python: string, at: string, whole: boolean): readonly string[] => [
  python,
  '-m',
  'venv',
  ...(whole ? [] : ['--without-pip']),
  at,
]

const uvVenv = (plan: PythonPlan, at: string): readonly string[] => [
  'uv',
  'venv',
  '--quiet',
  ...(plan.version ? ['--python', plan.version] : []),
  at,
]

/** Into an environment with a Python, whoever made it; `name` is that of its log. */
export async function install(
  room: EnvironmentRoom,
  packages: readonly PackageUse[],
  at: string,
  name: string,
  installers: readonly Installer[],
): Promise<void> {
  const pinned = packages.filter((one) => one.version !== null)
  for (const one of packages.filter((one) => one.version === null))
    room.substitute(`${one.name} has no recorded version and is left out`)
  if (pinned.length === 0) return
  const requirements = join(room.places.environments, `${name}.txt`)
  writeFileSync(requirements, pinned.map((one) => `${requirementOf(one)}\n`).join(''))
  if (await anySucceeds(room, name, at, installers, ['-r', requirements])) return
  if (!room.anyVersion) throw packagesFailed(room, name)
  for (const one of pinned) await installOne(room, one, at, installers, name)
}

/** Projects that lie in the workspace, or beside it. The workspace is at the commit of the first step. Behind the packages: none of them is fetched in place of a recorded one. */
export async function installInPlace(
  room: EnvironmentRoom,
  projects: readonly string[],
  at: string,
  name: string,
  installers: readonly Installer[],
): Promise<void> {
  for (const project of projects) {
    const root = resolve(room.places.workspace, project)
    if (!isWithin(project)) leadTo(root, at)
    if (!isWithin(project) || (await anySucceeds(room, name, at, installers, ['--editable', root]))) continue
    leadTo(root, at)
    room.substitute(
      `the project in ${project} could not be installed in place: its modules are found, its programs are not made`,
    )
  }
}

/** https://docs.python.org/3/library/site.html: a line of a path file is a directory of modules. */
function leadTo(root: string, at: string): void {
  const sites = readdirSync(join(at, 'lib')).map((python) => join(at, 'lib', python, 'site-packages'))
  for (const site of sites.filter((one) => existsSync(one)))
    appendFileSync(join(site, 'roar-projects.pth'), `${join(root, 'src')}\n${root}\n`)
}

/** The words of its command, for the environment at `at`. */
export type Installer = (at: string) => readonly string[]

export const uvInstall: Installer = (at) => ['uv', 'pip', 'install', '--quiet', '--python', pythonIn(at), '--no-deps']
export const pipInstall: Installer = (at) => [pythonIn(at), '-m', 'pip', ...pipWords]
/** The pip of the Python that the environment was made from, since pip 22.3. */
const makersPip: Installer = (at) => [realpathSync(pythonIn(at)), '-m', 'pip', '--python', pythonIn(at), ...pipWords]

const pipWords = ['install', '--quiet', '--no-input', '--no-deps']
const pythonIn = (at: string): string => join(at, 'bin/python')

async function anySucceeds(
  room: EnvironmentRoom,
  name: string,
  at: string,
  installers: readonly Installer[],
  words: readonly string[],
): Promise<boolean> {
  for (const one of installers) if (await succeeds(room, name, [...one(at), ...words])) return true
  return (await pipIsLeft(room, name, at, installers)) && (await succeeds(room, name, [...pipInstall(at), ...words]))
}

/**
 * The last way is a pip within it. uv does not read pip's settings, so an index or a directory that only pip was told of is known to pip alone; the maker's pip may be
 * older than `--python`; and a package without a pyproject.toml may need the setuptools that come with pip. Not every environment of conda has one.
 */
async function pipIsLeft(room: EnvironmentRoom, name: string, at: string, tried: readonly Installer[]) {
  const has = await succeeds(room, name, [pythonIn(at), '-m', 'pip', '--version'])
  return has ? !tried.includes(pipInstall) : succeeds(room, name, [pythonIn(at), '-m', 'ensurepip'])
}

/** Only with `--any-version`: what is no longer to be had is replaced by what is, and said. */
async function installOne(
  room: EnvironmentRoom,
  one: PackageUse,
  at: string,
  installers: readonly Installer[],
  name: string,
): Promise<void> {
  const { name: what, version } = one
  if (await anySucceeds(room, name, at, installers, [requirementOf(one)])) return
  if (!(await anySucceeds(room, name, at, installers, [what]))) throw packagesFailed(room, name)
  room.substitute(`${what} ${version} is not to be had; another version stands in for it`)
}

/** The exact version, else the same minor one; another only with `--any-version`. */
function findPython(room: EnvironmentRoom, version: string | null): string {
  const minor = /^\d+\.\d+/.exec(version ?? '')?.[0]
  const names = [...(minor ? [`python${minor}`] : []), 'python3', 'python']
  const there = names.flatMap((name) => {
    const found = pythonVersion(name, room)
    return found === null ? [] : [{ name, found }]
  })
  const fitting =
    there.find((one) => version === null || one.found === version) ??
    there.find((one) => one.found.startsWith(`${minor}.`))
  if (fitting) {
    if (version?.split('.').length === 3 && fitting.found !== version)
      room.substitute(`Python ${fitting.found} stands in for ${version}`)
    return fitting.name
  }
  const [other] = there
  if (!other || !room.anyVersion)
    throw noPython(
      version,
      there.map((one) => one.found),
    )
  room.substitute(`Python ${other.found} stands in for ${version}`)
  return other.name
}

function pythonVersion(name: string, { env, places }: EnvironmentRoom): string | null {
  const words = ['-I', '-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3])']
  const asked = spawnSync(name, words, { env, cwd: places.directory, encoding: 'utf8' })
  return asked.status === 0 ? asked.stdout.trim() : null
}

async function run(room: EnvironmentRoom, name: string, argv: readonly string[]): Promise<void> {
  if (!(await succeeds(room, name, argv)))
    throw environmentFailed('The Python environment cannot be made.', tail(logOf(room, name)))
}

async function succeeds(room: EnvironmentRoom, name: string, argv: readonly string[]): Promise<boolean> {
  mkdirSync(room.places.environments, { recursive: true })
  const run = { argv, cwd: room.places.directory, env: toolEnv(room), log: logOf(room, name), timeout: room.timeout }
  return (await runProgram(run)).code === 0
}

const logOf = (room: EnvironmentRoom, name: string): string => join(room.places.logs, `${name}.log`)

const packagesFailed = (room: EnvironmentRoom, name: string) =>
  environmentFailed('The recorded Python packages cannot be installed.', tail(logOf(room, name)), [
    'pip’s settings (index, proxy, find-links) are those of your own environment: the recorded one may have had others',
    'roar reproduce … --any-version takes other versions where the recorded ones are not to be had',
  ])

const noPython = (version: string | null, there: readonly string[]) =>
  environmentFailed(
    `The jobs ran with Python ${version ?? ''}, which is not here.`,
    there.length > 0 ? `Here: ${[...new Set(there)].join(', ')}.` : 'There is no Python at all.',
    ['Install it, or install uv, which fetches it', 'roar reproduce … --any-version takes another'],
  )

/** Where programs of an environment lie. */
export const binOf = (at: string): string => (existsSync(join(at, 'bin')) ? join(at, 'bin') : at)
