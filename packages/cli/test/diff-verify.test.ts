/** `roar diff` and `roar verify`: where results went apart, and whether the bytes are still those that were recorded. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { schemaErrors } from './schemas.ts'
import { type TestWorkspace, workspaces } from './workspace.ts'

const made = workspaces()

function project(files: Readonly<Record<string, string>> = {}): TestWorkspace {
  const workspace = made()
  workspace.write('.gitignore', '.roar/\ndata/\nout/\n')
  for (const [name, text] of Object.entries(files)) workspace.write(name, text)
  return workspace.commit()
}

interface Diff {
  readonly same: boolean
  readonly first: {
    readonly a: { readonly argv: string[] }
    readonly explained: boolean
    readonly causes: readonly { readonly kind: string; readonly what: string; readonly a: string; readonly b: string }[]
  } | null
  readonly divergences: readonly unknown[]
  readonly content: { readonly difference: string } | null
  readonly only_in_b: readonly unknown[]
}

function diff(workspace: TestWorkspace, a: string, b: string): Diff & { readonly code: number | null } {
  const said = workspace.roar('diff', a, b, '--json')
  if (said.out === '') throw new Error(said.err)
  const document = JSON.parse(said.out)
  expect(schemaErrors(document)).toEqual([])
  return { ...document, code: said.code }
}

/** The uid of the newest job. */
const newest = (workspace: TestWorkspace): string => JSON.parse(workspace.must('log', '--json').out).jobs.at(-1).uid

function run(workspace: TestWorkspace, ...words: string[]): string {
  workspace.must('run', ...words)
  return newest(workspace)
}

const pipeline = () => {
  const workspace = project({
    'prepare.sh': 'mkdir -p out; sort data/in.csv > out/sorted.csv\n',
    'fit.sh': 'cat out/sorted.csv > out/model; echo "$1" >> out/model\n',
  })
  workspace.write('data/in.csv', 'n\n2\n1\n')
  return workspace
}

describe('roar diff', () => {
  it('finds the data at the root of two results, behind everything that only follows from it', () => {
    const workspace = pipeline()
    run(workspace, 'sh', 'prepare.sh')
    const first = run(workspace, 'sh', 'fit.sh', '7')
    workspace.write('data/in.csv', 'n\n2\n3\n')
    run(workspace, 'sh', 'prepare.sh')
    const second = run(workspace, 'sh', 'fit.sh', '7')
    const found = diff(workspace, first, second)
    expect(found).toMatchObject({ code: 3, same: false, divergences: [{}] })
    expect(found.first?.a.argv).toEqual(['sh', 'prepare.sh'])
    expect(found.first?.causes).toMatchObject([{ kind: 'data', what: 'data/in.csv' }])
  })

  it('names the word of the command that changed', () => {
    const workspace = pipeline()
    run(workspace, 'sh', 'prepare.sh')
    const first = run(workspace, 'sh', 'fit.sh', '7')
    const second = run(workspace, 'sh', 'fit.sh', '8')
    expect(diff(workspace, first, second).first?.causes).toEqual([{ kind: 'command', what: 'word 3', a: '7', b: '8' }])
  })

  it('names the code that was read, and no commit that changed other files', () => {
    const workspace = pipeline()
    run(workspace, 'sh', 'prepare.sh')
    const first = run(workspace, 'sh', 'fit.sh', '7')
    workspace.write('README', 'new\n').commit()
    const same = run(workspace, 'sh', 'fit.sh', '7')
    expect(diff(workspace, first, same)).toMatchObject({ code: 0, same: true, first: null })
    workspace.write('fit.sh', 'rev out/sorted.csv > out/model\n').commit()
    const second = run(workspace, 'sh', 'fit.sh', '7')
    expect(diff(workspace, first, second).first?.causes[0]).toMatchObject({ kind: 'code', what: 'fit.sh' })
  })

  it('says that nothing which was observed explains a random result', () => {
    const workspace = project({ 'draw.sh': 'mkdir -p out; od -An -N8 -tu8 /dev/urandom > out/drawn\n' })
    const first = run(workspace, 'sh', 'draw.sh')
    const second = run(workspace, 'sh', 'draw.sh')
    expect(diff(workspace, first, second).first).toMatchObject({ explained: false, causes: [] })
  })

  it('compares two contents as values where both are at hand', () => {
    const workspace = project()
    workspace.shell(
      'mkdir -p out; $roar run -q sh -c "echo \'{\\"n\\":1}\' > out/a.json"; $roar run -q sh -c "echo \'{\\"n\\":2}\' > out/b.json"',
    )
    const found = diff(workspace, './out/a.json', './out/b.json')
    expect(found).toMatchObject({ code: 3, content: { difference: '$.n: 1, now 2' } })
    expect(workspace.roar('diff', './out/a.json', './out/b.json').out).toContain('$.n: 1, now 2')
  })

  it('matches the jobs of two sessions, and says which one has more', () => {
    const workspace = pipeline()
    run(workspace, 'sh', 'prepare.sh')
    const before = JSON.parse(workspace.must('show', '--json').out).session.hash
    workspace.must('reset', '-q')
    run(workspace, 'sh', 'prepare.sh')
    expect(diff(workspace, `session:${before}`, 'session:current')).toMatchObject({ code: 0, same: true })
    run(workspace, 'sh', 'fit.sh', '7')
    expect(diff(workspace, `session:${before}`, 'session:current')).toMatchObject({
      code: 3,
      only_in_b: [{ step: '@2' }],
    })
  })
})

describe('roar verify', () => {
  const verify = (workspace: TestWorkspace, ...words: string[]) => {
    const said = workspace.roar('verify', '--json', ...words)
    const document = JSON.parse(said.out)
    expect(schemaErrors(document)).toEqual([])
    return { ...document, code: said.code }
  }

  it('finds one changed byte and one missing file, and is content with the rest', () => {
    const workspace = pipeline()
    run(workspace, 'sh', 'prepare.sh')
    run(workspace, 'sh', 'fit.sh', '7')
    expect(verify(workspace)).toMatchObject({ code: 0, verdict: 'identical', holds: true })
    // The same size and the same time: only the bytes tell.
    workspace.shell('touch -r out/model t; sed -i s/7/8/ out/model; touch -r t out/model')
    rmSync(join(workspace.root, 'out/sorted.csv'))
    const found = verify(workspace)
    expect(found).toMatchObject({ code: 3, verdict: 'missing' })
    const bad = found.outputs.filter((one: { verdict: string }) => one.verdict !== 'identical')
    expect(bad.map((one: { path: string; verdict: string }) => [one.path, one.verdict])).toEqual([
      ['out/sorted.csv', 'missing'],
      ['out/model', 'different'],
    ])
  })

  it('looks at one file, one job or one content, as asked', () => {
    const workspace = pipeline()
    run(workspace, 'sh', 'prepare.sh')
    workspace.write('data/in.csv', 'n\n9\n')
    expect(verify(workspace, 'out/sorted.csv')).toMatchObject({
      code: 0,
      outputs: [{ path: 'out/sorted.csv', step: '@1' }],
    })
    expect(verify(workspace, '@1')).toMatchObject({ code: 3, verdict: 'different' })
    const [digest] = workspace.must('hash', 'out/sorted.csv').out.split(' ') as [string]
    expect(verify(workspace, digest)).toMatchObject({ code: 0, verdict: 'identical' })
  })
})
