/** Puts a step's inputs in their places, and proves each by its digest before the step may read it. */
import { constants, copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { type BytePath, display, fromString, RoarError, stepName, toFsPath } from '@roar/core'
import type { Places } from '../places.ts'
import { findContents } from '../plan/find-content.ts'
import type { Plan, PlannedInput } from '../plan/plan.ts'
import { digestName, type RecipeInput, type RecipeStep } from '../recipe/recipe.ts'
import type { ReproductionRoom } from '../room.ts'
import { copyComposite } from './copy-composite.ts'
import { heldAt, holdsInput, notToBeHad } from './hold-inputs.ts'

export async function placeInputs(room: ReproductionRoom, plan: Plan, step: RecipeStep, places: Places): Promise<void> {
  const wanted = plan.inputs.filter((one) => one.state === 'found' && one.users.includes(step.uid))
  if (wanted.length > 0) room.say({ phase: 'inputs', files: wanted.length })
  for (const input of wanted) await placeOne(room, input, places)
  const members = plan.inputs.filter((one) => one.state === 'member' && one.users.includes(step.uid))
  for (const input of members) await placeMember(room, input, places)
  await prove(room, plan, step, places)
}

export const inWorkspace = (places: Places, path: BytePath): BytePath =>
  path.startsWith('/') ? path : (`${fromString(places.workspace)}/${path}` as BytePath)

async function placeOne(room: ReproductionRoom, input: PlannedInput, places: Places): Promise<void> {
  const to = inWorkspace(places, input.path)
  if (await holdsInput(room, to, input)) return
  const here = input.places.find((place) => place.kind === 'file')
  const from = here ? fromString(here.where) : fromString(heldAt(places, input))
  await copyContent(room, input.kind, from, to)
  if (!(await holdsInput(room, to, input))) throw notToBeHad(input, [`${display(from)}: its content is another`])
}

/** Its name within the composite is not recorded with the copy: its bytes are. */
async function placeMember(room: ReproductionRoom, input: PlannedInput, places: Places): Promise<void> {
  const to = inWorkspace(places, input.path)
  if (await holdsInput(room, to, input)) return
  const composite = inWorkspace(places, input.memberOf as BytePath)
  const path = toFsPath(composite).toString()
  const directory = path.includes('*') ? dirname(path) : path
  const [from] = existsSync(directory) ? await findContents(room, [{ ...input, candidates: [] }], [directory]) : []
  if (!from) throw notToBeHad(input, [`${display(composite)}: it was made, and none of its files has this content`])
  await copyContent(room, 'file', from, to)
}

export async function copyContent(
  room: ReproductionRoom,
  kind: PlannedInput['kind'],
  from: BytePath,
  to: BytePath,
): Promise<void> {
  if (kind === 'composite') {
    const found = await room.composite(from)
    if (found) copyComposite(found, to)
    return
  }
  mkdirSync(dirname(toFsPath(to).toString()), { recursive: true })
  copyFileSync(toFsPath(from), toFsPath(to), constants.COPYFILE_FICLONE)
}

/** What a step made may differ, and is judged; what comes from the commit or from outside must be what was recorded. */
async function prove(room: ReproductionRoom, plan: Plan, step: RecipeStep, places: Places): Promise<void> {
  const installed = new Set(plan.inputs.filter((one) => one.state === 'environment').map((one) => one.path))
  const asked = step.inputs.filter((input) => input.from !== 'step' && input.reason === null)
  for (const input of asked) {
    if (await holdsInput(room, inWorkspace(places, input.path), input)) continue
    // The commit vouches for the members that were read, not for others that lay beside them.
    if (input.kind === 'composite' && input.from === 'commit') {
      room.say({
        phase: 'warning',
        message: `${display(input.path)} has other members in the commit than when it was read`,
      })
      continue
    }
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
