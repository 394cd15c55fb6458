// Programs by chance: whatever they do with files, the record says it. PROGRAM='o0,a,r r0' runs one, SEED and PROGRAMS choose others.
import { randomSuite } from '@roar/conformance'
import { createTracer } from '../src/index.ts'

await randomSuite(createTracer, { programs: Number(process.env.PROGRAMS ?? 1000) })
