// The launcher asks git beside Node's start: by Node's own words, once, and its answer is as good as one that Node has asked for.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TestWorkspace } from './workspace.ts'

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url))

describe('git, asked by the launcher', () => {
  let there: TestWorkspace
  let calls: string
  beforeEach(() => {
    there = new TestWorkspace()
    calls = join(there.place, 'calls')
    const tools = join(there.place, 'tools')
    mkdirSync(tools)
    const git = join(tools, 'git')
    writeFileSync(git, `#!/bin/sh\necho "$LC_ALL $LANGUAGE $*" >> ${calls}\nPATH=\${PATH#*:} exec git "$@"\n`)
    chmodSync(git, 0o755)
    there.env.PATH = tools + delimiter + there.env.PATH
  })
  afterEach(() => rmSync(there.place, { recursive: true }))

  const asked = (): string[] => {
    const lines = readFileSync(calls, 'latin1').split('\n')
    rmSync(calls)
    return lines.filter((line) => line.includes(' status '))
  }

  it('hears the words that Node would say, once', () => {
    there.must('run', 'true')
    const byLauncher = asked()
    expect(there.execute(process.execPath, [main, 'run', 'true']).code).toBe(0)
    expect(byLauncher).toEqual(asked())
    expect(byLauncher).toHaveLength(1)
  })

  it('is asked from wherever the user is below the work tree', () => {
    const folder = join(there.root, 'a/b')
    mkdirSync(folder, { recursive: true })
    expect(there.execute(join(dirname(dirname(main)), 'bin/roar'), ['run', 'true'], { cwd: folder }).code).toBe(0)
    expect(asked()).toHaveLength(1)
    expect(there.job('@1').git?.commit).toMatch(/^[0-9a-f]{40}$/)
  })

  it('tells of what is not committed, and the run is refused', () => {
    there.write('new.py', 'x')
    const said = there.roar('run', 'true')
    expect(said.code).toBe(125)
    expect(said.err).toContain('new.py')
  })

  it('may be missing: the job is recorded without a commit', () => {
    const without = mkdtempSync(join(there.place, 'path-'))
    for (const name of ['sh', 'true', 'node', 'readlink'])
      symlinkSync(
        name === 'node' ? process.execPath : there.command('bash', '-c', `type -P ${name}`).out.trim(),
        join(without, name),
      )
    there.env.PATH = without
    expect(there.roar('run', 'true').code).toBe(0)
    expect(there.job('@1').git).toBeNull()
  })

  it('is left alone outside of a repository', () => {
    const outside = new TestWorkspace({ git: false })
    outside.env.PATH = there.env.PATH
    outside.must('run', 'true')
    expect(outside.job('@1').git).toBeNull()
    expect(() => readFileSync(calls)).toThrow()
    rmSync(outside.place, { recursive: true })
  })
})
