// How much later the command's first instruction comes under each tracer: a small program says the time at which it begins.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { median } from './timing.mjs'
import { compile, titles, trace } from './tracing.mjs'

const source = `
#include <stdio.h>
#include <time.h>
int main(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  printf("%lld", now.tv_sec * 1000000000ll + now.tv_nsec);
  return 0;
}
`

const milliseconds = (from, printed) => Number(BigInt(printed) - from) / 1e6

async function bare(program) {
  const begun = process.hrtime.bigint()
  const child = spawn(program, { stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  child.stdout.on('data', (bytes) => (printed += bytes))
  await new Promise((resolve) => child.once('close', resolve))
  return milliseconds(begun, printed)
}

/** Between two runs a recorder starts, which takes longer than this: a daemon makes ready for the next run meanwhile. */
const recorderMs = 50

/** Rows for the page of figures; `names`: the tracers that work here. */
export async function* firstInstruction(place, names, rounds) {
  // Dynamic: the library of the preload tracer has to get in.
  const program = compile(place, 'begins', source)
  const times = Object.fromEntries(['bare', ...names].map((name) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    const found = { bare: await bare(program) }
    for (const name of names) {
      await sleep(recorderMs)
      const { printed, started } = await trace(name, join(place, 'begin'), [program])
      found[name] = milliseconds(started, printed)
    }
    if (round > 0) for (const [name, time] of Object.entries(found)) times[name].push(time)
  }
  for (const name of names)
    yield {
      what: `${titles[name]}: later than bare until the command's first instruction`,
      value: `${(median(times[name]) - median(times.bare)).toFixed(1)} ms`,
      reach: name === 'ebpf' ? '≤ 5 ms' : '≤ 10 ms',
      detail: { bare: median(times.bare), traced: median(times[name]) },
    }
}
