// The shared cases under this back end, each ten times to meet races; REPEAT=50 is the long form, CASES='io-*' a part.
import { tracerSuite } from '@roar/conformance'
import { createTracer } from '../src/index.ts'

await tracerSuite(createTracer, { column: 'P', repeat: Number(process.env.REPEAT ?? 10) })
