/** Carries contents to the names by which later steps read them: kept as soon as they are made, since their own name may be given to another content. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type BytePath, fromString, toFsPath } from '@roar/core'
import type { Places } from '../places.ts'
import { copyContent, inWorkspace } from '../prepare/inputs.ts'
import type { Carried } from '../recipe/carried.ts'
import type { RecipeStep } from '../recipe/recipe.ts'
import type { ReproductionRoom } from '../room.ts'

export async function keepCarried(
  room: ReproductionRoom,
  all: readonly Carried[],
  { uid }: RecipeStep,
  places: Places,
): Promise<void> {
  for (const one of all.filter(({ after }) => after === uid)) {
    const from = inWorkspace(places, one.from)
    // What the step did not make this time is judged as missing.
    if (one.kind === 'composite' || existsSync(toFsPath(from)))
      await copyContent(room, one.kind, from, keptAt(places, all, one))
  }
}

export async function bringCarried(
  room: ReproductionRoom,
  all: readonly Carried[],
  { uid }: RecipeStep,
  places: Places,
): Promise<void> {
  for (const one of all.filter(({ before }) => before === uid)) {
    const kept = keptAt(places, all, one)
    if (one.kind === 'composite' || existsSync(toFsPath(kept)))
      await copyContent(room, one.kind, kept, inWorkspace(places, one.to))
  }
}

/** Formats are told by names, too. */
const keptAt = (places: Places, all: readonly Carried[], one: Carried): BytePath =>
  `${fromString(join(places.carried, String(all.indexOf(one))))}/${one.from.slice(one.from.lastIndexOf('/') + 1)}` as BytePath
