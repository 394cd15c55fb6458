// `node bench/time.mjs FILE N COMMAND…`: runs a command N times and writes the times (ms) to FILE. Run bare and under a tracer it tells what tracing costs.
import { writeFileSync } from 'node:fs'
import { once } from './timing.mjs'

const [file, count, ...words] = process.argv.slice(2)
once(words)
writeFileSync(file, JSON.stringify(Array.from({ length: Number(count) }, () => once(words))))
