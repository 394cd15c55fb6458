/** What `roar reproduce` does: reads the recipe, shows, writes or performs it, and says the verdict. */
import { realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { digestName, makePlan, type Plan, type Recipe, reproduce, scriptOf } from '@roar/reproduction'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { writeAll } from '../output/terminal.ts'
import { planView } from '../output/views/reproduce.ts'
import { reproductionView } from '../output/views/verdict.ts'
import { claimed } from './claimed.ts'
import { findRecipe } from './find-recipe.ts'
import type { ReproduceCommandOptions } from './options.ts'
import { planDocument } from './plan-document.ts'
import { keepReceipt, registerReceipt } from './receipt.ts'
import { reproductionRoom } from './room.ts'
import { surroundings } from './surroundings.ts'
import { reproductionVerdict } from './verdict-document.ts'

export async function performReproduction(
  services: Services,
  report: Report,
  options: ReproduceCommandOptions,
): Promise<void> {
  const { recipe: told, registry } = await findRecipe(services, options.ref, options.registry)
  const around = await surroundings(services)
  const room = reproductionRoom(services, around, report)
  const here = services.get('directory')
  const directories = options.inputs.map((one) => resolve(here, one))
  const plan = await makePlan(room, told, { directories, machine: around.machine })
  const { recipe } = plan
  if (options.script) writeAll(1, scriptOf(plan))
  else if (!options.run) show(report, plan)
  else {
    const directory = directoryOf(here, around.root, recipe, options)
    const work = () => reproduce(room, plan, { ...options, directory, directories })
    // What is in the way is said before anything is made.
    const done = plan.problems.length > 0 ? await work() : await claimed(directory, work)
    const verdict = reproductionVerdict(recipe, done, options)
    const receipt = await keepReceipt(services, { recipe, done, verdict, machine: around.machine })
    report.answer({ ...verdict, receipt: receipt.id }, reproductionView)
    if (!verdict.holds) report.exitCode = 3
    if (options.register && registry) await registerReceipt(registry, recipe, receipt)
  }
}

function show(report: Report, plan: Plan): void {
  report.answer(planDocument(plan), planView)
  if (plan.problems.length > 0) report.exitCode = 1
}

/** Beside the workspace: within it, it would be a change against the commit, and its files would be found by its jobs. */
function directoryOf(here: string, root: string | null, recipe: Recipe, options: ReproduceCommandOptions): string {
  if (options.directory !== null) return canonical(resolve(here, options.directory))
  const [target] = recipe.targets
  const output = recipe.steps.flatMap((step) => step.outputs).find((one) => one.path === target?.path)
  const name =
    digestName(output?.digests ?? {})
      ?.split(':')[1]
      ?.slice(0, 12) ?? recipe.steps.at(-1)?.uid
  return canonical(
    root === null ? join(here, `reproduced-${name}`) : join(dirname(root), `${basename(root)}-reproduced-${name}`),
  )
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
