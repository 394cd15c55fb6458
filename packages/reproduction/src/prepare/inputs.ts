/** Puts a step's inputs in their places, and proves each by its digest before the step may read it. */
import { constants, copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type BytePath, type Digests, display, fromString, RoarError, stepName, toFsPath } from '@roar/core'
import type { Places } from '../places.ts'
import type { Place, Plan, PlannedInput } from '../plan/plan.ts'
import { digestName, type RecipeInput, type RecipeStep, sameContent } from '../recipe/recipe.ts'
import { algorithmsOf, type ReproductionRoom } from '../room.ts'

export async function placeInputs(room: ReproductionRoom, plan: Plan, step: RecipeStep, places: Places): Promise<void> {
  const wanted = plan.inputs.filter((one) => one.state === 'found' && one.usedBy.includes(stepName(step.step)))
  if (wanted.length > 0) room.say({ phase: 'inputs', files: wanted.length })
  for (const input of wanted) await placeOne(room, input, places)
  await prove(room, plan, step, places)
}

const inWorkspace = (places: Places, path: BytePath): BytePath =>
  path.startsWith('/') ? path : (`${fromString(places.workspace)}/${path}` as BytePath)

async function placeOne(room: ReproductionRoom, input: PlannedInput, places: Places): Promise<void> {
  const to = inWorkspace(places, input.path)
  if (await holds(room, to, input.digests)) return
  const failures: string[] = []
  for (const place of input.places) {
    const failure = await bring(room, place, to, places).then(
      () => null,
      (error: Error) => error.message,
    )
    if (failure === null && (await holds(room, to, input.digests))) return
    failures.push(`${place.where}: ${failure ?? 'its content is another'}`)
    rmSync(toFsPath(to), { force: true })
  }
  throw new RoarError('ROAR_REPRODUCE_INPUT_MISSING', `The input ${display(input.path)} is not to be had.`, {
    cause: failures.join('\n'),
    remedy: ['roar reproduce … --inputs DIR searches a directory for it, by digest'],
  })
}

/** A URL is fetched beside its place first: an aborted download never lies under the input's name. */
async function bring(room: ReproductionRoom, place: Place, to: BytePath, places: Places): Promise<void> {
  mkdirSync(dirname(toFsPath(to).toString()), { recursive: true })
  if (place.kind === 'file') {
    copyFileSync(toFsPath(fromString(place.where)), toFsPath(to), constants.COPYFILE_FICLONE)
    return
  }
  const part = join(places.temporary, 'download')
  const fetching = room.fetch(place.where, part)
  if (fetching === null) throw new Error('no active plugin fetches from there')
  await fetching
  renameSync(part, toFsPath(to))
}

async function holds(room: ReproductionRoom, path: BytePath, digests: Digests): Promise<boolean> {
  const [file] = await room.hash([path], algorithmsOf(room, digests))
  return file?.digests != null && sameContent(digests, file.digests) === true
}

/** What a step made may differ, and is judged; what comes from the commit or from outside must be what was recorded. */
async function prove(room: ReproductionRoom, plan: Plan, step: RecipeStep, places: Places): Promise<void> {
  const installed = new Set(plan.inputs.filter((one) => one.state === 'environment').map((one) => one.path))
  const asked = step.inputs.filter((input) => input.kind === 'file' && input.from !== 'step' && input.reason === null)
  for (const input of asked) {
    if (await holds(room, inWorkspace(places, input.path), input.digests)) continue
    if (!installed.has(input.path)) throw another(step, input)
    room.say({ phase: 'warning', message: `${display(input.path)} of the environment is not the one recorded` })
  }
}

const another = (step: RecipeStep, input: RecipeInput): RoarError =>
  new RoarError(
    'ROAR_REPRODUCE_INPUT_DIFFERENT',
    `The input ${display(input.path)} of step ${stepName(step.step)} is not the one recorded.`,
    {
      cause:
        input.from === 'commit'
          ? `The commit’s file has another digest than ${digestName(input.digests)}: line endings that git converts, or a large file that was not fetched, do that.`
          : `Its digest should be ${digestName(input.digests)}.`,
      remedy: ['git config core.autocrlf', 'git lfs install'],
    },
  )
