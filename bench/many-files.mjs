// What a tracer and its log take for ever more files that a command opens and reads, each another one.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { compile, titles, trace } from './tracing.mjs'

// Makes N empty files below the present directory, or reads those that are there; on a disk, since a million of them in memory are a gigabyte.
const source = `
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
int main(int c, char **v) {
  char name[64], byte;
  int makes = !strcmp(v[1], "make");
  for (long i = 0; i < atol(v[2]); i++) {
    snprintf(name, sizeof name, "many/d%ld", i / 1000);
    if (makes && i % 1000 == 0) mkdir(name, 0755);
    snprintf(name, sizeof name, "many/d%ld/f%ld", i / 1000, i);
    int file = open(name, makes ? O_CREAT | O_WRONLY : O_RDONLY, 0644);
    if (file < 0) return 1;
    if (!makes && read(file, &byte, 1) != 0) return 2;
    close(file);
  }
  return c - 3;
}
`

const megabytes = (bytes) => bytes / 2 ** 20

function contents(path) {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

/** The most memory that each process of the tracer has had so far, by its number: those that have the run's log among their words, and the daemon. */
function helpers(into, runDirectory, daemon) {
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid) || !/^roar(d|-)/.test(contents(`/proc/${pid}/comm`))) continue
    if (Number(pid) !== daemon?.pid && !contents(`/proc/${pid}/cmdline`).includes(runDirectory)) continue
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(contents(`/proc/${pid}/status`))
    if (peak) into.set(pid, Math.max(into.get(pid) ?? 0, Number(peak[1]) * 1024))
  }
}

async function measure(name, place, program, count, daemon) {
  const peaks = new Map()
  let log = 0
  let timer
  const watch = ({ runDirectory }) => {
    timer = setInterval(() => {
      helpers(peaks, runDirectory, daemon)
      try {
        log = Math.max(log, statSync(join(runDirectory, 'trace.log')).blocks * 512)
      } catch {}
    }, 5)
  }
  const { outcome, facts } = await trace(name, place, [program, 'read', String(count)], watch)
  clearInterval(timer)
  if (outcome.exit.exitCode !== 0) throw new Error(`${name}: ended with ${JSON.stringify(outcome.exit)}`)
  return { log, helpers: [...peaks.values()].reduce((sum, one) => sum + one, 0), facts, lost: outcome.lost }
}

/** Rows for the page of figures. `counts`: files, from few to many. */
export async function* manyFiles(place, names, counts, daemon) {
  const program = compile(place, 'many-files', source)
  const most = counts.at(-1)
  const run = (...words) => spawnSync(program, words, { cwd: place, stdio: 'inherit' })
  spawnSync('mkdir', ['-p', join(place, 'many')])
  if (run('make', String(most)).status !== 0) throw new Error('the files could not be made')
  for (const name of names) {
    const found = []
    for (const count of counts) found.push(await measure(name, place, program, count, name === 'ebpf' ? daemon : null))
    const [few, many] = [found[0], found.at(-1)]
    const perFile = (many.log - few.log) / (most - counts[0])
    yield {
      what: `${titles[name]}: memory of the tracer and its log after ${most.toLocaleString('en')} files`,
      value: `${megabytes(many.helpers).toFixed(0)} MB + ${megabytes(many.log).toFixed(0)} MB`,
      reach: 'told',
      beside: `${counts[0].toLocaleString('en')} files: ${megabytes(few.helpers).toFixed(0)} MB + ${megabytes(few.log).toFixed(1)} MB; ${perFile.toFixed(0)} bytes of log a file; lost ${many.lost}`,
      detail: Object.fromEntries(counts.map((count, i) => [count, found[i]])),
    }
  }
  rmSync(join(place, 'many'), { recursive: true })
}
