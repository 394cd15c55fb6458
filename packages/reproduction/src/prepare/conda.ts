/** Makes a conda environment with exactly the recorded packages, with whichever of its programs is here. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { EnvironmentPlan } from '../plan/plan.ts'
import { runProgram, tail } from '../run-process.ts'
import { type EnvironmentRoom, environmentFailed, haveProgram, toolEnv } from './environment.ts'

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
  const packages = plan.packages.map((one) => (one.version === null ? one.name : `${one.name}=${one.version}`))
  const log = join(room.places.logs, 'conda.log')
  const argv = [tool, 'create', '--yes', '--quiet', '--prefix', at, ...packages]
  const end = await runProgram({ argv, cwd: room.places.directory, env: toolEnv(room), log, timeout: room.timeout })
  if (end.code !== 0) throw environmentFailed('The conda environment cannot be made.', tail(log))
  return at
}
