/** What `roar reproduce` does: reads the recipe, shows, writes or performs it, and says the verdict. */
import { realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { digestName, makePlan, type Plan, type Recipe, reproduce, scriptOf } from '@roar/reproduction'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { writeAll } from '../output/terminal.ts'
import { planView } from '../output/views/reproduce.ts'
import { reproductionView } from '../output/views/verdict.ts'
import type { ReproduceCommandOptions } from './options.ts'
import { planDocument } from './plan-document.ts'
import { readRecipe } from './read-recipe.ts'
import { keepReceipt } from './receipt.ts'
import { reproductionRoom } from './room.ts'
import { reproductionVerdict } from './verdict-document.ts'

export async function performReproduction(
  services: Services,
  report: Report,
  options: ReproduceCommandOptions,
): Promise<void> {
  const recipe = await readRecipe(services, options.ref)
  const room = await reproductionRoom(services, report)
  const here = services.get('directory')
  const directories = options.inputs.map((one) => resolve(here, one))
  const machine = await (await services.get('environment')).describe(services.get('env'))
  const plan = await makePlan(room, recipe, { directories, machine })
  if (options.script) writeAll(1, scriptOf(plan))
  else if (!options.run) show(report, plan)
  else {
    const directory = await directoryOf(services, recipe, options)
    const done = await reproduce(room, plan, { ...options, directory, directories })
    const verdict = reproductionVerdict(recipe, done, options)
    const receipt = await keepReceipt(services, { recipe, done, verdict, machine })
    report.answer({ ...verdict, receipt: receipt.id }, reproductionView)
    if (!verdict.holds) report.exitCode = 3
  }
}

function show(report: Report, plan: Plan): void {
  report.answer(planDocument(plan), planView)
  if (plan.problems.length > 0) report.exitCode = 1
}

/** Beside the workspace: within it, it would be a change against the commit, and its files would be found by its jobs. */
async function directoryOf(services: Services, recipe: Recipe, options: ReproduceCommandOptions): Promise<string> {
  const here = services.get('directory')
  if (options.directory !== null) return canonical(resolve(here, options.directory))
  const { root } = await services.get('workspace')
  const [target] = recipe.targets
  const output = recipe.steps.flatMap((step) => step.outputs).find((one) => one.path === target?.path)
  const name =
    digestName(output?.digests ?? {})
      ?.split(':')[1]
      ?.slice(0, 12) ?? recipe.steps.at(-1)?.uid
  return canonical(join(dirname(root), `${basename(root)}-reproduced-${name}`))
}

/** What does not exist yet lies where its parent really lies: jobs are recorded by real paths. */
function canonical(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : join(canonical(parent), basename(path))
  }
}
