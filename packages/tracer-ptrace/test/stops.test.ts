// The shared cases by stops of ptrace(2), the way without a listener. Some each run, since it is the slower one; CASES='*' for all.
import { fileURLToPath } from 'node:url'
import { tracerSuite } from '@roar/conformance'
import { createTracer } from '../src/index.ts'

await tracerSuite(() => createTracer('ptrace'), {
  column: 'T',
  faults: {
    'proc-07': 'at times a child is taken for a reader of what its parent’s threads read while it was forked',
  },
  repeat: Number(process.env.REPEAT ?? 1),
  summaryFile: fileURLToPath(new URL('../../conformance/build/ptrace-stops.json', import.meta.url)),
  cases: process.env.CASES ?? 'io-0*,open-0*,name-0*,fd-0*,proc-0*,tool-0*',
})
