// `node bench/tracers.mjs [MOST]`: what the tracers take by themselves, printed; a part of `npm run bench`. MOST: files, a million where nothing is said.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { firstInstruction } from './first-instruction.mjs'
import { manyFiles } from './many-files.mjs'
import { titles } from './tracing.mjs'
import { coolDown, warmDaemon } from './warm-daemon.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

export async function* tracersAlone(rounds, most = 1_000_000) {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-bench-')))
  const daemon = warmDaemon(root)
  const names = Object.keys(titles).filter((name) => name !== 'ebpf' || daemon)
  try {
    yield* firstInstruction(place, names, rounds)
    yield* manyFiles(place, names, [1000, most / 10, most], daemon)
  } finally {
    if (daemon) coolDown(daemon)
    rmSync(place, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for await (const { what, value, reach, beside } of tracersAlone(10, Number(process.argv[2] ?? 1_000_000)))
    console.log(`${what.padEnd(75)} ${value} (${reach}) ${beside ?? ''}`)
