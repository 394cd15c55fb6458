// The shared cases under this back end; REPEAT=50 is the long form, CASES='io-*' a part.
import { tracerSuite } from '@roar/conformance'
import { createTracer } from '../src/index.ts'

/** What this back end does not see, and does not say either: opens for reading are not stopped, and reads are concluded (decision 0008). */
const faults = {
  'path-04': 'every link of a chain that the job has made is told as a name, not only the one that was used',
  'tool-51': 'a file that is open while bytes come from a pipe can be taken for read',
  'proc-07': 'at times a child is taken for a reader of what its parent’s threads read while it was forked',
  'io-35': 'a signal that meets a call before the supervisor has taken it ends it with EINTR',
  'io-36': 'as io-35',
  'proc-37': 'as proc-36',
  'proc-36': 'a signal that meets a fork before the supervisor has taken it ends it with EINTR',
  'box-05': 'a program has one notifying filter: its own is refused',
  'box-13': 'the kernel refuses strict mode behind a filter; with the preload library another filter takes its place',
}

await tracerSuite(createTracer, { column: 'T', repeat: Number(process.env.REPEAT ?? 3), faults })
