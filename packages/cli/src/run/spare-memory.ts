/** V8 spends memory to save time. A job of a hundred thousand files is recorded in less, for a tenth more time. */
import type { TracerBackend, TraceSink } from '@roar/core'

/** Bytes of young generation that are enough. Left alone it grows to three times 16 MiB, and its pages are not given back. */
const youngEnough = 12e6
/** Bytes of heap above which memory is worth more than time. */
const largeHeap = 40e6
/** Bytes that have to have come since the last collection for another to be worth its time. */
const worthwhile = 24e6
let heapAfter = 0
/** Facts that are not many: a heap that holds no more is not large, and nothing is asked about it. node:v8 alone takes a start a millisecond. */
const fewFacts = 4096
let facts = 0

/**
 * A tracer whose facts stop the young generation's growth when they are many. Not by a flag at the start: under another flag V8 refuses every
 * code cache, Node's own too, and that is a fifth of the time of `roar run true`.
 */
export function sparingTracer(tracer: TracerBackend): TracerBackend {
  let small = true
  const watch = (more: number): void => {
    facts += more
    if (!small || facts < fewFacts || youngBytes() < youngEnough) return
    small = false
    v8().setFlagsFromString('--semi-space-growth-factor=1')
  }
  const sparing = (sink: TraceSink): TraceSink => ({
    ...sink,
    events(batch) {
      watch(batch.length)
      sink.events(batch)
    },
  })
  const { name, version, capabilities } = tracer
  const preflight = tracer.preflight.bind(tracer)
  return { name, version, capabilities, preflight, trace: (command, sink) => tracer.trace(command, sparing(sink)) }
}

const v8 = () => process.getBuiltinModule('node:v8')

const youngBytes = (): number =>
  v8()
    .getHeapSpaceStatistics()
    .find((space) => space.space_name === 'new_space')?.space_size ?? 0

/**
 * Between two steps most of what the last one made is garbage, which V8 would come to when the heap has doubled. Collecting it now takes 30 to 60 ms,
 * and keeps 50 MB from being taken.
 */
export function dropGarbage(): void {
  if (facts < fewFacts) return
  const { heapUsed } = process.memoryUsage()
  if (heapUsed < largeHeap || heapUsed - heapAfter < worthwhile) return
  v8().setFlagsFromString('--heap-growing-percent=20')
  v8().setFlagsFromString('--expose-gc')
  const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void
  collect()
  heapAfter = process.memoryUsage().heapUsed
}
