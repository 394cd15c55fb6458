// Programs that a plain user may not look into: what they do is recorded, or the record says that it is not whole.
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { roarBin, type TestWorkspace, workspaces } from './workspace.ts'

const workspace = workspaces({ git: false })
const nobody = 65534

const source = `
#include <fcntl.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>
int main(int count, char **words) {
  char bytes[8];
  if (count > 1) prctl(PR_SET_DUMPABLE, 0);
  long got = read(open("a", O_RDONLY), bytes, sizeof bytes);
  return write(open("made", O_WRONLY | O_CREAT, 0644), bytes, got) != got || rename("made", "n");
}
`

/** The workspace and all in it belong to a plain user. */
function plainWorkspace(flags: readonly string[], mode: number): TestWorkspace {
  const w = workspace()
  writeFileSync(join(w.root, 'program.c'), source)
  writeFileSync(join(w.root, 'a'), 'input\n')
  const built = spawnSync('cc', [...flags, '-o', 'program', 'program.c'], { cwd: w.root, encoding: 'utf8' })
  expect(built.stderr).toBe('')
  spawnSync('chown', ['-R', `${nobody}:${nobody}`, w.place])
  chownSync(join(w.root, 'program'), 0, 0)
  chmodSync(join(w.root, 'program'), mode)
  return w
}

function record(w: TestWorkspace, tracer: string, words: readonly string[]) {
  const asNobody = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', roarBin]
  const ran = w.execute('setpriv', [...asNobody, 'run', '--tracer', tracer, './program', ...words])
  expect(ran).toMatchObject({ code: 0 })
  const { job } = JSON.parse(w.execute('setpriv', [...asNobody, 'show', '@1', '--json']).out)
  const paths = (files: readonly { path: string }[]) => files.map(({ path }) => path)
  const codes: string[] = job.tracer.coverage.gaps.map((gap: { code: string }) => gap.code)
  return { seen: paths(job.inputs).includes('a') && paths(job.outputs).includes('n'), codes }
}

const kinds = [
  { kind: 'a static program that makes itself opaque', flags: ['-static'], mode: 0o755, words: ['opaque'] },
  { kind: 'a dynamic program that makes itself opaque', flags: [], mode: 0o755, words: ['opaque'] },
  { kind: 'a static program that may not be read', flags: ['-static'], mode: 0o711, words: [] },
  { kind: 'a dynamic program that may not be read', flags: [], mode: 0o711, words: [] },
]
const asked = kinds.flatMap((one) => ['preload', 'ptrace', 'hybrid'].map((tracer) => ({ ...one, tracer })))

for (const { kind, tracer, flags, mode, words } of asked)
  it(`${kind} is seen under ${tracer}, or announced (needs root)`, ({ skip }) => {
    if (process.getuid?.() !== 0) skip('needs root: the test becomes a plain user')
    const { seen, codes } = record(plainWorkspace(flags, mode), tracer, words)
    const announced = codes.some((code) => code === 'opaque-program' || code === 'static-binary')
    expect(seen || announced).toBe(true)
  })

it('a program that may be looked into is no gap (needs root)', ({ skip }) => {
  if (process.getuid?.() !== 0) skip('needs root: the test becomes a plain user')
  for (const tracer of ['preload', 'ptrace', 'hybrid'])
    expect(record(plainWorkspace([], 0o755), tracer, [])).toEqual({ seen: true, codes: [] })
})
