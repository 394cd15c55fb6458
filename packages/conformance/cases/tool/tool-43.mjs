// title: node's streams, workers and children
import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, createReadStream, createWriteStream, linkSync, renameSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { Worker } from 'node:worker_threads'

await pipeline(createReadStream('a'), createWriteStream('n'))
cpSync('d', 'm', { recursive: true })
linkSync('n', 'h')
renameSync('m/x', 'm/y')
const worker = new Worker("require('node:fs').writeFileSync('w', 'from a thread')", { eval: true })
await new Promise((resolve) => worker.once('exit', resolve))
const child = spawnSync('cat', ['b'])
const own = ['R a', 'C n', 'W n', 'R d/x', 'C m/x', 'W m/x', 'L n>h', 'M m/x>m/y', 'C w', 'W w']
const facts = own.map((fact) => `${process.pid} ${fact}\n`)
const job = ['in a', 'in b', 'in d/x', 'out n', 'name h>n', 'out m/y', 'tmp m/x', 'out w'].map(
  (line) => `job ${line}\n`,
)
appendFileSync(process.env.CASE_EXPECT, [...facts, `${child.pid} R b\n`, ...job].join(''))
