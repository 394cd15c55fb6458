// `node bench/ebpf-load.mjs [SECONDS]`: file events by the million under the eBPF tracer, and how many of them are lost. Aim: a million a second for a minute, none.
// What the machine does without a tracer is measured before and after: where that is less than the aim, the ratio says what the tracer takes.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { warmDaemon } from './warm-daemon.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const seconds = Number(process.argv[2] ?? 60)
const place = realpathSync(mkdtempSync('/dev/shm/roar-load-'))

// As many processes as processors, each reading its thousand files in turn; how many reads, to a file of its own.
const program = `
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static int files[1000];
static void work(int own, long seconds) {
  char name[32], byte;
  long reads = 0;
  for (int i = 0; i < 1000; i++) { snprintf(name, sizeof name, "f%d", i); files[i] = open(name, O_RDONLY); }
  for (time_t end = time(NULL) + seconds; time(NULL) < end; ) for (int i = 0; i < 1000; i++) reads += pread(files[i], &byte, 1, 0);
  snprintf(name, sizeof name, "reads%d", own);
  FILE *out = fopen(name, "w");
  fprintf(out, "%ld", reads);
  fclose(out);
}
int main(int c, char **v) {
  struct rlimit limit = {4096, 4096};
  setrlimit(RLIMIT_NOFILE, &limit);
  for (int i = 0; i < atoi(v[1]); i++) if (fork() == 0) { work(i, atol(v[2])); _exit(0); }
  while (wait(NULL) > 0) {}
  return c - 3;
}
`

const daemon = warmDaemon(root)
if (!daemon) {
  console.error('the eBPF tracer does not work here: roar tracer check ebpf --command true')
  process.exit(1)
}
try {
  const env = { ...process.env, HOME: join(place, 'home') }
  mkdirSync(env.HOME)
  for (let i = 0; i < 1000; i++) writeFileSync(join(place, `f${i}`), 'x')
  writeFileSync(join(place, 'work.c'), program)
  spawnSync('cc', ['-O2', '-o', join(place, 'work'), join(place, 'work.c')])
  const roar = (...words) =>
    spawnSync(join(root, 'packages/cli/bin/roar'), words, { cwd: place, env, encoding: 'utf8' })
  roar('init', '-q')
  const workers = cpus().length
  const rate = (seconds) => {
    const reads = Array.from({ length: workers }, (_, i) => Number(readFileSync(join(place, `reads${i}`), 'utf8')))
    return reads.reduce((sum, one) => sum + one, 0) / seconds / 1e6
  }
  const bare = () => {
    spawnSync('./work', [String(workers), '5'], { cwd: place })
    return rate(5)
  }
  const before = bare()
  const done = roar('run', '-q', '--tracer', 'ebpf', './work', String(workers), String(seconds))
  const traced = rate(seconds)
  const untraced = Math.max(before, bare())
  const { job } = JSON.parse(roar('show', '@1', '--json').stdout)
  const inputs = job.inputs.filter(({ path }) => /^f\d+$/.test(path)).length
  console.log(
    `${traced.toFixed(2)} million file events a second for ${seconds} s: ${inputs} of 1000 files recorded, lost ${job.tracer.lost}, exit ${done.status}`,
  )
  console.log(
    `the same ${workers} processes without a tracer: ${untraced.toFixed(2)} million a second, ${(untraced / traced).toFixed(2)}×`,
  )
} finally {
  daemon.kill()
  rmSync(place, { recursive: true, force: true })
}
