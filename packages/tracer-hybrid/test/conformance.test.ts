// The shared cases under this back end; REPEAT=50 is the long form, CASES='io-*' a part.
import { tracerSuite } from '@roar/conformance'
import { createTracer } from '../src/index.ts'

const faults = { 'box-05': 'a program has one notifying filter: its own is refused' }

await tracerSuite(createTracer, { column: 'H', repeat: Number(process.env.REPEAT ?? 2), faults })
