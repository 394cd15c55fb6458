/** The order in which steps can run: set-up work first, then by what needs what; among equals, as they ran. */
import type { JobEdge, Step } from '../api/index.ts'

export const contentOf = (edge: JobEdge): string | null =>
  edge.hash === null ? null : `${edge.algorithm}:${edge.hash}`

/** A ring (the same content again) is cut at its oldest job. `wholes`: by a content that nobody made by itself, the composite which has it as a member. */
export function inRunningOrder(steps: readonly Step[], wholes: ReadonlyMap<string, string> = new Map()): Step[] {
  const byAge = [...steps].sort(
    (a, b) =>
      Number(b.jobType === 'build') - Number(a.jobType === 'build') ||
      (a.startedAt ?? '').localeCompare(b.startedAt ?? '') ||
      a.stepNumber - b.stepNumber,
  )
  const makers = new Map<string, Step[]>()
  for (const one of byAge)
    for (const edge of one.outputs) {
      const content = contentOf(edge)
      if (content) makers.set(content, [...(makers.get(content) ?? []), one])
    }
  for (const [member, whole] of wholes) if (!makers.has(member)) makers.set(member, makers.get(whole) ?? [])
  return depthFirst(byAge, needsOf(byAge, makers))
}

/**
 * Of an input, those that made the content before it was used: a content moves through a pipeline, and whoever has it later has it from the user. Clocks of
 * two machines may differ: a maker that seems to be later counts where there is no other, unless it needs the user itself. What the commit has needs none.
 */
function needsOf(
  byAge: readonly Step[],
  makers: ReadonlyMap<string, readonly Step[]>,
): (user: Step) => readonly Step[] {
  const place = new Map(byAge.map((one, at) => [one, at]))
  const placeOf = (one: Step) => place.get(one) as number
  const makersOf = (user: Step, edge: JobEdge): readonly Step[] =>
    edge.sourced === 'commit' ? [] : (makers.get(contentOf(edge) ?? '') ?? []).filter((made) => made !== user)
  const doesNeed = (one: Step, wanted: Step): boolean => {
    const seen = new Set([one])
    for (const step of seen) {
      if (step === wanted) return true
      for (const edge of step.inputs) for (const made of makersOf(step, edge)) seen.add(made)
    }
    return false
  }
  return (user) =>
    user.inputs.flatMap((edge) => {
      const all = makersOf(user, edge)
      const earlier = all.filter((made) => placeOf(made) < placeOf(user))
      return earlier.length > 0 ? earlier : all.filter((made) => !doesNeed(made, user))
    })
}

function depthFirst(steps: readonly Step[], needsOf: (step: Step) => readonly Step[]): Step[] {
  const done = new Set<string>()
  const order: Step[] = []
  // A pipeline may be deeper than the stack: the path is kept by hand.
  for (const root of steps) {
    const path: { step: Step; needs: Step[] }[] = []
    const enter = (one: Step) => {
      if (done.has(one.id)) return
      done.add(one.id)
      path.push({ step: one, needs: [...needsOf(one)] })
    }
    enter(root)
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.needs.shift()
      if (next) enter(next)
      else order.push((path.pop() as { step: Step }).step)
    }
  }
  return order
}
