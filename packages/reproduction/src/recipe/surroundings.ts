/** What stood around a step when it ran, of the facts of its environment. */
import { aboveOf, linksOf } from './links.ts'
import type { RecipeStep } from './recipe.ts'
import { type RecordedStreams, streamsOf } from './streams.ts'

export function surroundingsOf(
  step: Omit<RecordedStreams, 'above'>,
): Pick<Required<RecipeStep>, 'links' | 'above' | 'streams'> {
  const above = aboveOf(step.facts)
  return { links: linksOf(step.facts), above, streams: streamsOf({ ...step, above }) }
}
