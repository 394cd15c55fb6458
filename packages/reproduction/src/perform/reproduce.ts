/** Performs a plan in a fresh directory, step by step, and judges what each has made. Stops at the first failure; called again, it goes on. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { display, RoarError, stepName } from '@roar/core'
import { type JudgeOptions, judgeStep } from '../judge/judge-step.ts'
import type { JudgedOutput } from '../judge/verdict.ts'
import { inClone, type Places, placesIn } from '../places.ts'
import type { Plan, Problem } from '../plan/plan.ts'
import { checkOut } from '../prepare/checkout.ts'
import { cloneSource, excludeFromGit } from '../prepare/clone.ts'
import { findPrefix } from '../prepare/find-prefix.ts'
import { holdInputs } from '../prepare/hold-inputs.ts'
import { placeInputs } from '../prepare/inputs.ts'
import { prepareNode } from '../prepare/node.ts'
import { type Carried, carriedIn } from '../recipe/carried.ts'
import { linkedPlaces } from '../recipe/links.ts'
import type { RecipeStep } from '../recipe/recipe.ts'
import type { Moved } from '../recipe/relocate.ts'
import type { ReproductionRoom } from '../room.ts'
import { runProgram, tail } from '../run-process.ts'
import { BeforeStep } from './before-step.ts'
import { bringHome } from './bring-home.ts'
import { bringCarried, keepCarried } from './carry.ts'
import { makeEnvironments } from './make-environments.ts'
import { makeLinks } from './make-links.ts'
import { movedPrograms } from './moved-programs.ts'
import { runStep } from './run-step.ts'
import { readState, type State, writeState } from './state.ts'
import { stepEnvironment } from './step-environment.ts'

export interface ReproduceOptions extends JudgeOptions {
  /** Absolute; made if it is not there. */
  readonly directory: string
  /** Milliseconds for each step; null: as long as it takes. */
  readonly stepTimeout: number | null
  readonly anyVersion: boolean
}

export interface Reproduced {
  readonly places: Places
  /** Of every step, in order; those of the targets among them. */
  readonly outputs: readonly JudgedOutput[]
  readonly steps: readonly { readonly uid: string; readonly step: string; readonly job: string; readonly ms: number }[]
  readonly substitutions: readonly string[]
}

export async function reproduce(room: ReproductionRoom, plan: Plan, options: ReproduceOptions): Promise<Reproduced> {
  const [problem] = plan.problems
  if (problem) throw blocked(plan)
  const { clone, nest } = plan.recipe
  const state = readState(placesIn(options.directory, { prefix: '', clone, nest }), plan.recipe)
  const places = placesIn(options.directory, { prefix: state.prefix, clone, nest })
  mkdirSync(places.directory, { recursive: true, mode: 0o700 })
  // Before anything else: whatever cuts this attempt off, the directory is known for one of this recipe.
  writeState(places, state)
  for (const directory of [places.cache, places.temporary, places.logs])
    mkdirSync(directory, { recursive: true, mode: 0o700 })
  const work = new Reproduction(room, plan, options, places, state)
  await work.prepare()
  for (const [index, step] of plan.recipe.steps.entries()) await work.perform(step, index + 1)
  for (const one of [places.temporary, places.before, places.carried]) rmSync(one, { recursive: true, force: true })
  return work.result()
}

class Reproduction {
  readonly #room: ReproductionRoom
  readonly #plan: Plan
  readonly #options: ReproduceOptions
  #places: Places
  readonly #state: State
  #moved: Moved
  readonly #carried: readonly Carried[]
  #lock: string | null = null

  constructor(room: ReproductionRoom, plan: Plan, options: ReproduceOptions, places: Places, state: State) {
    this.#room = room
    this.#plan = plan
    this.#options = options
    this.#places = places
    this.#state = state
    this.#moved = { from: plan.recipe.root, to: places.workspace, turned: plan.recipe.turned ?? [] }
    this.#carried = carriedIn(plan.recipe.steps)
  }

  async prepare(): Promise<void> {
    if (!this.#state.cloned) await this.#clone()
    const first = this.#plan.recipe.steps[0] as RecipeStep
    if (this.#state.environments === null) {
      // A virtual environment inside the workspace must not be in the way of the first checkout.
      await this.#checkOut(first)
      this.#state.environments = await makeEnvironments(this.#environmentRoom(), this.#plan.environments)
      this.#save()
    }
    await holdInputs(this.#room, this.#plan, this.#places)
  }

  async #clone(): Promise<void> {
    const { source, inputs, environments } = this.#plan
    // What a broken attempt left is of no use.
    for (const made of [this.#places.work, this.#places.workspace]) rmSync(made, { recursive: true, force: true })
    mkdirSync(this.#places.work, { recursive: true })
    if (source) await cloneSource(this.#room, source, this.#places)
    if (source && this.#plan.recipe.prefix === null) await this.#findWorkspace()
    mkdirSync(this.#places.workspace, { recursive: true })
    await this.#initialise()
    const put = [...inputs.map((input) => input.path), ...this.#carried.map((one) => one.to)]
    const own = put.map((path) => display(path)).filter((path) => !path.startsWith('/'))
    const made = environments.flatMap((one) => (one.kind === 'python' && one.at !== null ? [one.at] : []))
    const linked = linkedPlaces(this.#plan.recipe.steps)
    if (source) excludeFromGit(this.#places, inClone(this.#places, [...own, ...made, ...linked]))
    this.#state.cloned = true
    this.#save()
  }

  async #findWorkspace(): Promise<void> {
    this.#state.prefix = await findPrefix(this.#room, this.#places, this.#plan.recipe.steps)
    this.#places = placesIn(this.#options.directory, {
      prefix: this.#state.prefix,
      clone: '',
      nest: this.#plan.recipe.nest,
    })
    this.#moved = { ...this.#moved, to: this.#places.workspace }
  }

  /** The line that init adds to .gitignore would be a change against the commit; git's own exclude file does its work. */
  async #initialise(): Promise<void> {
    const log = join(this.#places.logs, 'init.log')
    const { env, roar } = this.#room
    const end = await runProgram({
      argv: [...roar, 'init', '-q'],
      cwd: this.#places.workspace,
      env,
      log,
      timeout: null,
    })
    if (end.code !== 0)
      throw new RoarError('ROAR_REPRODUCE_DIRECTORY', 'No workspace can be made there.', { cause: tail(log) })
    rmSync(join(this.#places.workspace, '.gitignore'), { force: true })
  }

  async perform(step: RecipeStep, number: number): Promise<void> {
    const name = stepName(step.step)
    if (this.#state.done[step.uid] !== undefined) return this.#room.say({ phase: 'kept', step: name })
    this.#room.say({ phase: 'step', step: name, number, of: this.#plan.recipe.steps.length, argv: step.argv })
    const covered = await this.#checkOut(step)
    await this.#install(step)
    makeLinks(this.#places, step)
    await placeInputs(this.#room, this.#plan, step, this.#places)
    await bringCarried(this.#room, this.#carried, step, this.#places)
    const begun = performance.now()
    const environments = this.#state.environments?.[name] ?? []
    const job = await runStep(this.#room, {
      step,
      places: this.#places,
      env: stepEnvironment(this.#room.env, step, this.#places, environments, this.#moved),
      moved: this.#moved,
      programs: movedPrograms(step, environments, this.#moved),
      allowDirty: covered.length > 0 || step.source === null || this.#hasOthersFiles(step),
      timeout: this.#options.stepTimeout,
    })
    const ms = Math.round(performance.now() - begun)
    this.#room.say({ phase: 'done', step: name, ms })
    const outputs = await judgeStep(this.#room, this.#plan.recipe, step, job, this.#places, this.#options)
    await bringHome(this.#room, this.#plan.recipe, step, outputs, this.#places)
    await keepCarried(this.#room, this.#carried, step, this.#places)
    this.#state.done[step.uid] = { job: job.uid, ms, outputs }
    this.#save()
    new BeforeStep(step, this.#places).drop()
  }

  /** What steps of other commits made may be ignored there and not here: set-up work runs first, whenever it was recorded. */
  #hasOthersFiles({ source }: RecipeStep): boolean {
    const done = this.#plan.recipe.steps.filter((one) => this.#state.done[one.uid] !== undefined)
    return done.some((one) => one.source?.commit !== source?.commit)
  }

  async #checkOut(step: RecipeStep): Promise<readonly string[]> {
    const commit = step.source?.commit
    if (commit == null) return []
    const made = Object.values(this.#state.done).flatMap((one) => one.outputs.map((output) => display(output.path)))
    return checkOut(this.#room, this.#places, commit, inClone(this.#places, made))
  }

  async #install(step: RecipeStep): Promise<void> {
    const name = stepName(step.step)
    if (!this.#plan.environments.some((one) => one.kind === 'node' && one.steps.includes(name))) return
    this.#lock = await prepareNode(this.#environmentRoom(), this.#lock)
  }

  #environmentRoom() {
    return {
      env: this.#room.env,
      places: this.#places,
      timeout: null,
      anyVersion: this.#options.anyVersion,
      say: this.#room.say,
      substitute: (what: string) => {
        this.#state.substitutions.push(what)
        this.#room.say({ phase: 'warning', message: what })
      },
    }
  }

  #save(): void {
    writeState(this.#places, this.#state)
  }

  result(): Reproduced {
    const done = this.#plan.recipe.steps.map((step) => ({ step, done: this.#state.done[step.uid] }))
    return {
      places: this.#places,
      outputs: done.flatMap(({ done: one }) => one?.outputs ?? []),
      steps: done.map(({ step, done: one }) => ({
        uid: step.uid,
        step: stepName(step.step),
        job: one?.job ?? '',
        ms: one?.ms ?? 0,
      })),
      substitutions: this.#state.substitutions,
    }
  }
}

function blocked(plan: Plan): RoarError {
  const [first, ...rest] = plan.problems as readonly [Problem, ...Problem[]]
  const further = rest.length === 0 ? '' : `\nFurther: ${rest.map((one) => one.message).join('\n')}`
  return new RoarError(first.code, first.message, {
    cause: `${first.cause}${further}`,
    remedy: first.remedy,
    data: { problems: plan.problems },
  })
}
