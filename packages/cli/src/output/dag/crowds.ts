/** Files that the same jobs make and use are alike in a drawing: of a crowd the first are drawn, and one node with a count stands for the rest. */
import type { Flow, FlowFile, FlowJob } from '@roar/core'

/** Drawn of each crowd, in a terminal and in pictures. */
export const mostly = 8
/** Asked for of what nobody else makes or uses: with the first that is not drawn, which says where the rest stands. */
export const mostRead = mostly + 1
/** With `-v`, where each takes a lane. What leads nowhere takes none: all of that is drawn then. */
const atMost = 64

/** What stands for the files of a crowd that are not drawn. */
export interface Rest extends Pick<FlowFile, 'producers' | 'consumers'> {
  count: number
}

export type Drawn = FlowFile | Rest

export const isRest = (node: Drawn): node is Rest => 'count' in node

/** Those that are not drawn, with what stands for them. */
export function restOfCrowds({ jobs }: Flow, verbose: boolean): ReadonlyMap<FlowFile, Rest> {
  const crowds = new Map<string, { drawn: number; rest: Rest }>()
  const hidden = new Map<FlowFile, Rest>()
  for (const file of filesOf(jobs)) {
    const { producers, consumers } = file
    const key = `${names(producers)}>${names(consumers)}`
    const crowd = crowds.get(key) ?? { drawn: 0, rest: { count: 0, producers, consumers } }
    crowds.set(key, crowd)
    if (crowd.drawn++ < limit(consumers.size, verbose)) continue
    crowd.rest.count++
    hidden.set(file, crowd.rest)
  }
  for (const job of jobs) if (job.left > 0) addLeft(crowds, job)
  return hidden
}

/** Of what was never read at least one is drawn more than is shown: there is a rest to which the others belong. */
function addLeft(crowds: ReadonlyMap<string, { readonly rest: Rest }>, job: FlowJob): void {
  const crowd = crowds.get(`${names(new Set([job]))}>`)
  if (crowd) crowd.rest.count += job.left
}

function filesOf(jobs: readonly FlowJob[]): ReadonlySet<FlowFile> {
  const files = new Set<FlowFile>()
  for (const { inputs, outputs } of jobs) {
    for (const file of inputs) files.add(file)
    for (const file of outputs) files.add(file)
  }
  return files
}

function limit(consumers: number, verbose: boolean): number {
  if (!verbose) return mostly
  return consumers === 0 ? Number.POSITIVE_INFINITY : atMost
}

function names(jobs: ReadonlySet<FlowJob>): string {
  let text = ''
  for (const { row } of jobs) text += ` ${row.id}`
  return text
}
