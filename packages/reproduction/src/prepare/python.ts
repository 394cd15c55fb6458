/** Makes a virtual environment with the recorded Python and exactly the recorded packages: with uv where it is, else venv and pip. */
import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
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
  await run(room, name, uv ? uvVenv(plan, at) : [findPython(room, plan.version), '-m', 'venv', at])
  await install(room, plan.packages, at, name, uv)
  await installInPlace(room, plan.projects, at, name, uv)
  return at
}

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
  uv: boolean,
): Promise<void> {
  const pinned = packages.filter((one) => one.version !== null)
  for (const one of packages.filter((one) => one.version === null))
    room.substitute(`${one.name} has no recorded version and is left out`)
  if (pinned.length === 0) return
  const requirements = join(room.places.environments, `${name}.txt`)
  writeFileSync(requirements, pinned.map((one) => `${requirementOf(one)}\n`).join(''))
  const installers = uv ? [uvInstall(at)] : [pipInstall(at)]
  if (await anySucceeds(room, name, installers, ['-r', requirements])) return
  // uv does not read pip's settings: an index or a directory that only pip was told of is known to pip alone.
  const python = join(at, 'bin/python')
  // Nor is pip in every environment of conda.
  const lacksPip = uv || !(await succeeds(room, name, [python, '-m', 'pip', '--version']))
  if (lacksPip && (await succeeds(room, name, [python, '-m', 'ensurepip']))) installers.push(pipInstall(at))
  if (await anySucceeds(room, name, installers.slice(1), ['-r', requirements])) return
  if (!room.anyVersion) throw packagesFailed(room, name)
  for (const one of pinned) await installOne(room, one, installers, name)
}

/** Projects that lie in the workspace, or beside it. The workspace is at the commit of the first step. Behind the packages: none of them is fetched in place of a recorded one. */
export async function installInPlace(
  room: EnvironmentRoom,
  projects: readonly string[],
  at: string,
  name: string,
  uv: boolean,
): Promise<void> {
  const installers = uv ? [uvInstall(at), pipInstall(at)] : [pipInstall(at)]
  for (const project of projects) {
    const root = resolve(room.places.workspace, project)
    if (!isWithin(project)) leadTo(root, at)
    if (!isWithin(project) || (await anySucceeds(room, name, installers, ['--editable', root]))) continue
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

type Installer = readonly string[]

const uvInstall = (at: string): Installer => [
  'uv',
  'pip',
  'install',
  '--quiet',
  '--python',
  join(at, 'bin/python'),
  '--no-deps',
]
const pipInstall = (at: string): Installer => [
  join(at, 'bin/python'),
  '-m',
  'pip',
  'install',
  '--quiet',
  '--no-input',
  '--no-deps',
]

async function anySucceeds(
  room: EnvironmentRoom,
  name: string,
  installers: readonly Installer[],
  words: readonly string[],
): Promise<boolean> {
  for (const one of installers) if (await succeeds(room, name, [...one, ...words])) return true
  return false
}

/** Only with `--any-version`: what is no longer to be had is replaced by what is, and said. */
async function installOne(
  room: EnvironmentRoom,
  one: PackageUse,
  installers: readonly Installer[],
  name: string,
): Promise<void> {
  const { name: what, version } = one
  if (await anySucceeds(room, name, installers, [requirementOf(one)])) return
  if (!(await anySucceeds(room, name, installers, [what]))) throw packagesFailed(room, name)
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
