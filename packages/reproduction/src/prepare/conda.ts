/** Makes a conda environment with exactly the recorded packages, with whichever of its programs is here. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { PackageUse, RoarError } from '@roar/core'
import type { EnvironmentPlan } from '../plan/plan.ts'
import { runProgram, tail } from '../run-process.ts'
import { type EnvironmentRoom, environmentFailed, haveProgram, toolEnv } from './environment.ts'
import { install, installInPlace, pipInstall, uvInstall } from './python.ts'

type CondaPlan = Extract<EnvironmentPlan, { kind: 'conda' }>

/** Returns its directory. */
export async function prepareConda(room: EnvironmentRoom, plan: CondaPlan): Promise<string> {
  const tool = ['micromamba', 'mamba', 'conda'].find((name) => haveProgram(name, room.env))
  if (tool === undefined) {
    throw environmentFailed('The jobs ran in a conda environment, and there is no conda here.', '', [
      'Install micromamba, mamba or conda',
    ])
  }
  room.say({ phase: 'environment', what: `conda with ${plan.packages.length} packages` })
  const at = join(room.places.environments, 'conda')
  mkdirSync(room.places.environments, { recursive: true })
  await createAt(room, tool, at, plan.packages)
  const installers = haveProgram('uv', room.env) ? [uvInstall, pipInstall] : [pipInstall]
  await install(room, plan.pip, at, 'conda-pip', installers)
  await installInPlace(room, plan.projects, at, 'conda-pip', installers)
  return at
}

async function createAt(room: EnvironmentRoom, tool: string, at: string, packages: readonly PackageUse[]) {
  if (await create(room, tool, at, packages.map(withBuild))) return
  // A build is of one platform, and channels give up old ones: the version is what was asked for.
  if (await create(room, tool, at, packages.map(withVersion)))
    return room.substitute('conda packages have the recorded versions, but not all the recorded builds')
  if (!room.anyVersion) throw packagesFailed(room)
  if (
    !(await create(
      room,
      tool,
      at,
      packages.map(({ name }) => name),
    ))
  )
    throw packagesFailed(room)
  room.substitute('conda packages have other versions than the recorded ones')
}

async function create(room: EnvironmentRoom, tool: string, at: string, packages: readonly string[]): Promise<boolean> {
  rmSync(at, { recursive: true, force: true })
  const argv = [tool, 'create', '--yes', '--quiet', '--prefix', at, ...packages]
  const run = { argv, cwd: room.places.directory, env: toolEnv(room), log: logOf(room), timeout: room.timeout }
  return (await runProgram(run)).code === 0
}

const logOf = (room: EnvironmentRoom): string => join(room.places.logs, 'conda.log')

/** `name==version` is that version alone; `name=version` would be all that begin with it. */
const withVersion = ({ name, version }: PackageUse): string => (version === null ? name : `${name}==${version}`)

/** `pkg:conda/zlib@1.3.1?build=h4ab18f5_1&channel=…`: `name=version=build` is exact in all three. */
function withBuild(one: PackageUse): string {
  const build = new URLSearchParams(one.purl.split('?')[1]?.split('#')[0] ?? '').get('build')
  return build === null || one.version === null ? withVersion(one) : `${one.name}=${one.version}=${build}`
}

const packagesFailed = (room: EnvironmentRoom): RoarError =>
  environmentFailed('The recorded conda packages cannot be installed.', tail(logOf(room)), [
    'conda’s channels are those of your own settings: the recorded environment may have had others',
    'roar reproduce … --any-version takes other versions where the recorded ones are not to be had',
  ])
