/** `roar reproduce` from end to end: recorded in one place, made again in another. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { schemaErrors } from './schemas.ts'
import { type Said, type TestWorkspace, workspaces } from './workspace.ts'

const made = workspaces()

/** A workspace whose commits are pushed to a bare repository beside it. */
function project(files: Readonly<Record<string, string>> = {}): TestWorkspace {
  const workspace = made()
  const remote = join(workspace.place, 'origin.git')
  workspace.command('git', 'init', '--quiet', '--bare', remote)
  workspace.command('git', 'remote', 'add', 'origin', remote)
  workspace.write('.gitignore', '.roar/\ndata/\nout/\nprog\nnode_modules/\n')
  for (const [name, text] of Object.entries(files)) workspace.write(name, text)
  return push(workspace.commit())
}

function push(workspace: TestWorkspace): TestWorkspace {
  const said = workspace.command('git', 'push', '--quiet', 'origin', 'HEAD:main')
  if (said.code !== 0) throw new Error(said.err)
  return workspace
}

interface Verdict {
  readonly verdict: string
  readonly holds: boolean
  readonly first_divergence: string | null
  readonly outputs: readonly { readonly path: string; readonly verdict: string; readonly difference: string | null }[]
  readonly substitutions: readonly string[]
  readonly directory: string
  readonly receipt: string
}

const again = (workspace: TestWorkspace): string => join(workspace.place, 'again')

const reproduce = (workspace: TestWorkspace, ref: string, ...words: string[]): Said =>
  workspace.roar('reproduce', ref, '--run', '--dir', again(workspace), '--json', ...words)

function verdictOf(said: Said): Verdict {
  if (said.out === '') throw new Error(said.err)
  const document = JSON.parse(said.out) as Verdict
  expect(schemaErrors(document)).toEqual([])
  return document
}

/** A directory with a git that cannot fetch. */
function brokenGit(workspace: TestWorkspace): string {
  const git = workspace.shell('command -v git').out.trim()
  const script = `#!/bin/sh\nfor word; do test "$word" = fetch && exit 1; done\nexec ${git} "$@"\n`
  workspace.write('../broken/git', script)
  workspace.command('chmod', '+x', join(workspace.place, 'broken/git'))
  return join(workspace.place, 'broken')
}

const errorOf = (said: Said): { code: string; message: string; cause: string } =>
  JSON.parse(said.err.slice(said.err.indexOf('{'))).error

const pipeline = () => {
  const workspace = project({
    'count.sh': 'mkdir -p out; wc -l < data/in.csv > out/lines; sort -r data/in.csv > out/sorted.csv\n',
  })
  workspace.write('data/in.csv', 'b\na\nc\n')
  workspace.must('run', 'sh', 'count.sh')
  workspace.must('run', 'sh', '-c', 'cat out/sorted.csv out/lines > out/report')
  return workspace
}

/** As of a file system that does not tell when a directory was made. */
function forgetDirectories(workspace: TestWorkspace): void {
  const forget = `import sqlite3; s = sqlite3.connect('.roar/roar.db')
s.execute("DELETE FROM environment_facts WHERE name LIKE 'directory/%'"); s.commit()`
  expect(workspace.command('python3', '-c', forget)).toMatchObject({ code: 0, err: '' })
}

describe('roar reproduce', () => {
  it('puts a content under the name by which a step reads it, where nothing that runs again makes that name', () => {
    const workspace = project()
    workspace.shell('mkdir -p data out')
    workspace.must('run', 'sh', '-c', 'seq 3 > data/a')
    workspace.must('run', 'ln', 'data/a', 'out/linked')
    workspace.must('run', 'sh', '-c', 'sort -r out/linked > out/first')
    workspace.shell('cp data/a data/kept')
    workspace.must('run', 'sh', '-c', 'seq 9 > data/a')
    workspace.shell('mv data/kept data/a')
    workspace.must('run', 'sh', '-c', 'cat data/a out/first > out/both')
    const verdict = verdictOf(reproduce(workspace, 'out/both'))
    expect(verdict).toMatchObject({ verdict: 'identical', outputs: [{ path: 'out/both', verdict: 'identical' }] })
  })

  it('runs a step at its commit although set-up work of a later one has left files that only the later one ignores', () => {
    const workspace = project()
    workspace.must('run', 'sh', '-c', 'mkdir -p data; seq 3 > data/a')
    workspace.write('.gitignore', '.roar/\ndata/\nbin/\n')
    push(workspace.commit())
    workspace.must('build', 'sh', '-c', "mkdir -p bin; echo 'sort -r' > bin/tool")
    workspace.must('run', 'sh', '-c', 'sh bin/tool < data/a > data/b')
    expect(verdictOf(reproduce(workspace, 'data/b'))).toMatchObject({ verdict: 'identical' })
  })

  it('makes directories for a step that fails without them, but not those that it makes itself', () => {
    const workspace = project()
    workspace.shell('mkdir data out')
    workspace.must('run', 'sh', '-c', 'mkdir data/set && echo a > data/set/x && echo b > out/b')
    expect(verdictOf(reproduce(workspace, 'out/b'))).toMatchObject({ verdict: 'identical' })
  })

  it('shows repository, commit, steps and inputs, and makes nothing', () => {
    const workspace = pipeline()
    const said = workspace.must('reproduce', 'out/report', '--json')
    const plan = JSON.parse(said.out)
    expect(schemaErrors(plan)).toEqual([])
    expect(plan.ready).toBe(true)
    expect(plan.repositories[0]).toBe(join(workspace.place, 'origin.git'))
    expect(plan.steps.map((one: { step: string }) => one.step)).toEqual(['@1', '@2'])
    expect(plan.inputs).toMatchObject([{ path: 'data/in.csv', state: 'found', used_by: ['@1'] }])
    expect(existsSync(again(workspace))).toBe(false)
  })

  it('makes a shell pipeline again, byte for byte, touching nothing outside its directory', () => {
    const workspace = pipeline()
    const before = workspace.shell(
      'find .. -path ../again -prune -o -type f -printf "%p %T@\\n" | grep -v -e roar.db -e .cache | sort',
    ).out
    const said = reproduce(workspace, 'out/report')
    expect(said.code).toBe(0)
    const verdict = verdictOf(said)
    expect(verdict).toMatchObject({ verdict: 'identical', holds: true, first_divergence: null })
    expect(readFileSync(join(verdict.directory, 'out/report'), 'utf8')).toBe('c\nb\na\n3\n')
    const after = workspace.shell(
      'find .. -path ../again -prune -o -type f -printf "%p %T@\\n" | grep -v -e roar.db -e .cache | sort',
    ).out
    expect(after).toBe(before)
  })

  it('writes a script that a shell can run', () => {
    const workspace = pipeline()
    const script = workspace.must('reproduce', 'out/report', '--script').out
    writeFileSync(join(workspace.place, 'reproduce.sh'), script)
    const done = workspace.command('sh', '../reproduce.sh', again(workspace))
    expect(done.code).toBe(0)
    expect(readFileSync(join(again(workspace), 'work/out/report'), 'utf8')).toBe('c\nb\na\n3\n')
  })

  it('gives the steps the variables that roar env had set, and writes them into the script', () => {
    const workspace = project({ 'a.sh': 'mkdir -p out; echo "$MODE" > out/mode\n' })
    workspace.must('env', 'set', 'MODE=two words')
    workspace.must('run', 'sh', 'a.sh')
    workspace.must('env', 'unset', 'MODE')
    expect(workspace.must('reproduce', 'out/mode', '--script').out).toContain("MODE='two words' ")
    const verdict = verdictOf(reproduce(workspace, 'out/mode'))
    expect(verdict).toMatchObject({ verdict: 'identical' })
    expect(readFileSync(join(verdict.directory, 'out/mode'), 'utf8')).toBe('two words\n')
  })

  it('builds before it runs, and finds a program that was built', () => {
    const main =
      '#include <stdio.h>\nint main(void) { FILE *f = fopen("out/n", "w"); fputs("42\\n", f); return fclose(f); }\n'
    const workspace = project({ 'prog.c': main })
    workspace.shell('mkdir out')
    workspace.must('build', 'cc', '-o', 'prog', 'prog.c')
    workspace.must('run', './prog')
    forgetDirectories(workspace)
    const said = reproduce(workspace, 'out/n')
    expect(verdictOf(said)).toMatchObject({ verdict: 'identical', first_divergence: null })
    expect(said.err).toContain('@1 failed; once more with the directories of its outputs: out')
    const script = workspace.must('reproduce', 'out/n', '--script').out
    writeFileSync(join(workspace.place, 'reproduce.sh'), script)
    expect(workspace.command('sh', '../reproduce.sh', join(workspace.place, 'by-script')).code).toBe(0)
    expect(readFileSync(join(workspace.place, 'by-script/work/out/n'), 'utf8')).toBe('42\n')
  })

  it('begins a second attempt without what the first has made', () => {
    const rules = 'out/n: half\n\tcp half out/n\nhalf: in\n\tsort in > half\n'
    const workspace = project({ Makefile: rules, in: '2\n1\n', '.gitignore': '.roar/\nout/\nhalf\n' })
    workspace.shell('mkdir out')
    workspace.must('run', 'make')
    forgetDirectories(workspace)
    const verdict = verdictOf(reproduce(workspace, 'out/n'))
    expect(verdict).toMatchObject({ verdict: 'identical', first_divergence: null })
  })

  it('makes the directories that stood before a step, and no other', () => {
    const workspace = project({ 'a.sh': 'mkdir out/own; echo x > out/own/n; echo y > out/there/deep/n\n' })
    workspace.shell('mkdir -p out/there/deep out/unused; sleep 1.1')
    workspace.must('run', 'sh', 'a.sh')
    const { facts } = JSON.parse(workspace.must('show', '@1', '--json').out).job.environment
    const named = Object.keys(facts).filter((name) => name.startsWith('directory/'))
    expect(named).toEqual(['directory/out/there/deep'])
    const said = reproduce(workspace, 'out/own/n')
    expect(verdictOf(said)).toMatchObject({ verdict: 'identical' })
    expect(said.err).not.toContain('once more')
    const script = workspace.must('reproduce', 'out/there/deep/n', '--script').out
    expect(script).toContain('[ -e out/there/deep ] || mkdir -p -- out/there/deep')
  })

  it('makes what a job of Node wrote, and takes its values for equal when only their order differs', () => {
    const write = "const fs = require('fs'); fs.mkdirSync('out', { recursive: true })\n"
    const order = "const names = fs.existsSync('out/first') ? ['b', 'a'] : ['a', 'b']\n"
    const workspace = project({
      'job.js': `${write}${order}fs.writeFileSync('out/o.json', '{' + names.map((n) => '"' + n + '":1').join() + '}')\n`,
    })
    workspace.write('out/first', '')
    workspace.must('run', 'node', 'job.js')
    const strict = reproduce(workspace, 'out/o.json')
    // out/first was asked for, but never read: no record tells that it mattered.
    expect(strict.code).toBe(3)
    expect(verdictOf(strict)).toMatchObject({ verdict: 'content', holds: false, first_divergence: '@1' })
    const lenient = reproduce(workspace, 'out/o.json', '--accept', 'content')
    expect(lenient.code).toBe(0)
    expect(lenient.err).toBe('')
  })

  it('says different, and where, of a job whose random seed was left free', () => {
    const workspace = project({
      'draw.sh': 'mkdir -p out; { echo n; od -An -N8 -tu8 /dev/urandom; } > out/drawn.csv\n',
    })
    workspace.must('run', 'sh', 'draw.sh')
    const said = reproduce(workspace, 'out/drawn.csv', '--accept', 'tolerance')
    expect(said.code).toBe(3)
    const verdict = verdictOf(said)
    expect(verdict).toMatchObject({ verdict: 'different', holds: false, first_divergence: '@1' })
    expect(verdict.outputs[0]?.difference).toMatch(/^row 2, column n: /)
  })

  it('refuses a job that ran with uncommitted changes, and says which', () => {
    const workspace = project({ 'a.sh': 'mkdir -p out; echo 1 > out/a\n' })
    workspace.write('a.sh', 'mkdir -p out; echo 2 > out/a\n')
    workspace.must('run', '--allow-dirty', 'sh', 'a.sh')
    const said = reproduce(workspace, 'out/a')
    expect(said.code).toBe(1)
    expect(errorOf(said)).toMatchObject({ code: 'ROAR_REPRODUCE_DIRTY', cause: 'Changed: a.sh.' })
    expect(existsSync(again(workspace))).toBe(false)
    expect(workspace.roar('reproduce', 'out/a').code).toBe(1)
  })

  it('misses an input whose content is gone, and finds it by digest wherever it lies', () => {
    const workspace = pipeline()
    workspace.write('data/in.csv', 'x\n')
    const said = reproduce(workspace, 'out/report')
    expect(errorOf(said)).toMatchObject({ code: 'ROAR_REPRODUCE_INPUT_MISSING' })
    workspace.write('../backup/deep/other-name', 'b\na\nc\n')
    expect(verdictOf(reproduce(workspace, 'out/report', '--inputs', '../backup'))).toMatchObject({
      verdict: 'identical',
    })
  })

  it('goes to each step’s own commit, though the branch has moved on', () => {
    const workspace = project({ 'a.sh': 'mkdir -p out; echo one > out/a\n', 'b.sh': 'exit 1\n' })
    workspace.must('run', 'sh', 'a.sh')
    workspace.write('b.sh', 'cat out/a > out/b; echo two >> out/b\n').write('a.sh', 'exit 1\n')
    push(workspace.commit())
    workspace.must('run', 'sh', 'b.sh')
    workspace.write('b.sh', 'exit 1\n')
    push(workspace.commit())
    rmSync(join(workspace.root, 'a.sh'))
    const said = reproduce(workspace, 'out/b')
    expect(verdictOf(said)).toMatchObject({ verdict: 'identical' })
  })

  it('finds a commit by a tag when its branch was deleted; without the tag it says that it is gone', () => {
    const workspace = project()
    workspace.command('git', 'checkout', '--quiet', '-b', 'work')
    workspace.write('a.sh', 'mkdir -p out; echo one > out/a\n').commit()
    workspace.command('git', 'push', '--quiet', 'origin', 'work')
    workspace.must('run', 'sh', 'a.sh')
    workspace.shell('git tag roar/1 && git push --quiet origin roar/1 && git push --quiet origin :work')
    // The work tree that ran it is gone as well.
    const elsewhere = join(workspace.place, 'elsewhere')
    workspace.shell(`git clone --quiet ../origin.git ${elsewhere}; cp -a .roar out ${elsewhere}; rm -rf .git`)
    const run = (...words: string[]) =>
      workspace.shell(
        `cd ${elsewhere} && $roar reproduce out/a --run --json --dir ${again(workspace)} ${words.join(' ')}`,
      )
    expect(verdictOf(run())).toMatchObject({ verdict: 'identical' })
    workspace.shell(
      `rm -rf ${again(workspace)}; git --git-dir=../origin.git tag -d roar/1; git --git-dir=../origin.git reflog expire --all --expire=now; git --git-dir=../origin.git gc -q --prune=now`,
    )
    expect(errorOf(run())).toMatchObject({ code: 'ROAR_REPRODUCE_COMMIT' })
  })

  it('stops at the first step that fails, and goes on there when it is called again', () => {
    const workspace = project({
      'a.sh': 'mkdir -p out; echo one > out/a\n',
      'b.sh': 'test -z "$BROKEN" && cat out/a > out/b\n',
    })
    workspace.must('run', 'sh', 'a.sh')
    workspace.must('run', 'sh', 'b.sh')
    const broken = workspace.shell(`BROKEN=1 $roar reproduce out/b --run --json --dir ${again(workspace)}`)
    expect(broken.code).toBe(1)
    expect(errorOf(broken)).toMatchObject({ code: 'ROAR_REPRODUCE_STEP' })
    const said = workspace.roar('reproduce', 'out/b', '--run', '--dir', again(workspace))
    expect(said.err).toContain('@1 is done already')
    expect(said.code).toBe(0)
  })

  it('goes on in a directory whose clone had failed, or was cut off before there was one', () => {
    const workspace = project({ 'a.sh': 'mkdir -p out; echo one > out/a\n' })
    workspace.must('run', 'sh', 'a.sh')
    const dir = again(workspace)
    const cut = workspace.shell(`PATH=${brokenGit(workspace)}:$PATH $roar reproduce out/a --run --json --dir ${dir}`)
    expect(errorOf(cut)).toMatchObject({ code: 'ROAR_REPRODUCE_COMMIT' })
    expect(workspace.roar('reproduce', 'out/a', '--run', '--dir', dir).err).not.toContain('error')
    workspace.shell(`rm -rf ${dir}; mkdir ${dir}; printf '{"sche' > ${dir}/reproduction.json.part`)
    const said = workspace.roar('reproduce', 'out/a', '--run', '--dir', dir)
    expect(said.code, said.err).toBe(0)
  })

  it('says which step failed, and why, where its program is not here', () => {
    const workspace = project()
    workspace.shell(
      `mkdir ../bin; printf '#!/bin/sh\\nmkdir -p out; echo 1 > out/a\\n' > ../bin/maker; chmod +x ../bin/maker`,
    )
    workspace.shell('PATH=$PWD/../bin:$PATH $roar run maker')
    const failed = errorOf(reproduce(workspace, 'out/a'))
    expect(failed).toMatchObject({ code: 'ROAR_REPRODUCE_STEP' })
    expect(failed.cause).toContain('maker: command not found')
  })

  it('works alone in its directory; what was killed there is nobody that is waited for', () => {
    const workspace = project({ 'a.sh': 'mkdir -p out; test -z "$SLOW" || sleep 600; echo one > out/a\n' })
    workspace.must('run', 'sh', 'a.sh')
    const words = `reproduce out/a --run --json --dir ${again(workspace)}`
    const lock = `${again(workspace)}/reproduction.lock`
    const said = workspace.shell(
      `SLOW=1 setsid $roar ${words} >../first 2>&1 & first=$!; for i in $(seq 300); do [ -e ${again(workspace)}/logs/1-* ] && break; sleep 0.1; done
       $roar ${words}; kill -9 -$first; test -e ${lock} && echo left; exit 0`,
    )
    expect(errorOf(said)).toMatchObject({ code: 'ROAR_REPRODUCE_DIRECTORY' })
    expect(said.out).toBe('left\n')
    expect(verdictOf(workspace.roar('reproduce', 'out/a', '--run', '--json', '--dir', again(workspace)))).toMatchObject(
      {
        verdict: 'identical',
      },
    )
    expect(workspace.shell(`ls ${again(workspace)}`).out).not.toContain('lock')
  })

  it('ends a step that takes longer than it is given, with all its processes', () => {
    const workspace = project({ 'a.sh': 'mkdir -p out; test -n "$FAST" || sleep 600; echo one > out/a\n' })
    workspace.shell('FAST=1 $roar run sh a.sh')
    const said = reproduce(workspace, 'out/a', '--step-timeout', '1')
    expect(errorOf(said)).toMatchObject({ code: 'ROAR_REPRODUCE_TIMEOUT' })
  })

  it('does not reproduce into a directory of somebody else', () => {
    const workspace = pipeline()
    const said = workspace.roar('reproduce', 'out/report', '--run', '--dir', '.', '--json')
    expect(errorOf(said)).toMatchObject({ code: 'ROAR_REPRODUCE_DIRECTORY' })
  })

  it('has nothing to do again for what came from outside', () => {
    expect(errorOf(pipeline().roar('reproduce', 'data/in.csv', '--json'))).toMatchObject({
      code: 'ROAR_REPRODUCE_NOTHING',
    })
  })
})
