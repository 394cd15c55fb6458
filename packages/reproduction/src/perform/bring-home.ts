/** What a step made under a name of its own each time is brought to the recorded one, by which later steps read it. */
import { existsSync } from 'node:fs'
import { type BytePath, fromString, toFsPath } from '@roar/core'
import type { JudgedOutput } from '../judge/verdict.ts'
import type { Places } from '../places.ts'
import { copyContent, inWorkspace } from '../prepare/inputs.ts'
import type { Recipe, RecipeStep } from '../recipe/recipe.ts'
import type { ReproductionRoom } from '../room.ts'

export async function bringHome(
  room: ReproductionRoom,
  { steps }: Recipe,
  step: RecipeStep,
  judged: readonly JudgedOutput[],
  places: Places,
): Promise<void> {
  const read = new Set<BytePath>(steps.flatMap(({ inputs }) => inputs.map(({ path }) => path)))
  for (const { path, madeAs } of judged) {
    const kind = step.outputs.find((one) => one.path === path)?.kind
    const to = inWorkspace(places, path)
    if (madeAs === undefined || kind === undefined || !read.has(path) || path.startsWith('/')) continue
    if (!existsSync(toFsPath(to))) await copyContent(room, kind, inWorkspace(places, fromString(madeAs)), to)
  }
}
