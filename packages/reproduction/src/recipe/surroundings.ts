/** What stood around a step when it ran, of the facts of its environment. */
import { aboveOf, linksOf, standingOf } from './links.ts'
import type { RecipeStep } from './recipe.ts'
import { type RecordedStreams, streamsOf } from './streams.ts'

export function surroundingsOf(
  step: Omit<RecordedStreams, 'above'>,
): Pick<Required<RecipeStep>, 'links' | 'above' | 'standing' | 'streams'> {
  const above = aboveOf(step.facts)
  const standing = standingOf(step.facts)
  return { links: linksOf(step.facts), above, standing, streams: streamsOf({ ...step, above }) }
}
