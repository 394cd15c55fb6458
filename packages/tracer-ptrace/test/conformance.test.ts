// The shared cases under this back end; REPEAT=50 is the long form, CASES='io-*' a part.
import { tracerSuite } from '@roar/conformance'
import { createTracer } from '../src/index.ts'

await tracerSuite(createTracer, { column: 'T', repeat: Number(process.env.REPEAT ?? 3) })
