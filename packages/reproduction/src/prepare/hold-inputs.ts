/** Fetches what lies elsewhere before the first step starts, and proves it: a run does not begin that would end for want of an input. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type BytePath, display, fromString, RoarError, toText } from '@roar/core'
import type { Places } from '../places.ts'
import { holdsComposite } from '../plan/find-composite.ts'
import type { Plan, PlannedInput } from '../plan/plan.ts'
import { digestName, sameContent } from '../recipe/recipe.ts'
import { algorithmsOf, type ReproductionRoom } from '../room.ts'

export async function holdInputs(room: ReproductionRoom, plan: Plan, places: Places): Promise<void> {
  const far = plan.inputs.filter((one) => one.state === 'found' && !one.places.some((place) => place.kind === 'file'))
  const missing = far.filter((one) => !existsSync(heldAt(places, one)))
  if (missing.length > 0) room.say({ phase: 'inputs', files: missing.length })
  for (const one of missing) await hold(room, one, places)
}

/** Of an input that was fetched. Its own name is kept: formats are told by names, too. */
export const heldAt = (places: Places, { path, digests }: Pick<PlannedInput, 'path' | 'digests'>): string =>
  join(places.cache, 'inputs', (digestName(digests) ?? 'unknown').replace(':', '-'), basename(toText(path) ?? 'input'))

async function hold(room: ReproductionRoom, input: PlannedInput, places: Places): Promise<void> {
  const failures: string[] = []
  for (const { where } of input.places) {
    const failure = await fetchOne(room, input, where, places).catch((error: Error) => error.message)
    if (failure === null) return
    failures.push(`${where}: ${failure}`)
  }
  throw notToBeHad(input, failures)
}

export const notToBeHad = ({ path }: Pick<PlannedInput, 'path'>, failures: readonly string[]): RoarError =>
  new RoarError('ROAR_REPRODUCE_INPUT_MISSING', `The input ${display(path)} is not to be had.`, {
    cause: failures.join('\n'),
    remedy: ['roar reproduce … --inputs DIR searches a directory for it, by digest'],
  })

/** Beside its place first: what was broken off, or is another content, never lies under an input's name. Null: done. */
async function fetchOne(
  room: ReproductionRoom,
  input: PlannedInput,
  url: string,
  places: Places,
): Promise<string | null> {
  const place = heldAt(places, input)
  const part = join(places.temporary, 'download', basename(place))
  rmSync(dirname(part), { recursive: true, force: true })
  mkdirSync(dirname(part), { recursive: true })
  const fetching = input.kind === 'composite' ? fetchComposite(room, url, part) : room.fetch(url, part)
  if (fetching === null) return 'no active plugin fetches from there'
  await fetching
  if (!(await holdsInput(room, fromString(part), input))) return 'its content is another'
  mkdirSync(dirname(dirname(place)), { recursive: true })
  renameSync(dirname(part), dirname(place))
  return null
}

/** Files of a set lie beside each other: the URL is that of their folder. */
const fetchComposite = (room: ReproductionRoom, url: string, to: string): Promise<void> | null =>
  room.fetchFolder(url, to.includes('*') ? dirname(to) : to)

export async function holdsInput(
  room: ReproductionRoom,
  path: BytePath,
  { kind, digests }: Pick<PlannedInput, 'kind' | 'digests'>,
): Promise<boolean> {
  if (kind === 'composite') return holdsComposite(room, path, digests)
  const [file] = await room.hash([path], algorithmsOf(room, digests))
  return file?.digests != null && sameContent(digests, file.digests) === true
}
