/** A name that is not UTF-8 is asked for by its bytes, as a shell gives them, or by the escapes with which answers print it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { TestWorkspace } from './workspace.ts'

const w = new TestWorkspace()
afterAll(() => w.remove())
const at = (name: string): Buffer => Buffer.from(join(w.root, name), 'latin1')
w.write('.gitignore', '.roar/\n*.txt\nsub\n').commit()
mkdirSync(at('sub\xff'))
writeFileSync(at('b\xe9.txt'), 'hi\n')
writeFileSync(at('sub\xff/c.txt'), 'deep\n')
writeFileSync(at('new\xe9.txt'), 'new\n')
writeFileSync(at('a\\x41.txt'), 'a backslash of its own\n')
w.must('run', '-q', '--allow-dirty', 'sh', '-c', 'cat b*.txt sub*/c.txt "a\\x41.txt" > o.txt')

const ask = (line: string) =>
  w.shell(`b=$(printf 'b\\351.txt'); s=$(printf 'sub\\377'); n=$(printf 'new\\351.txt'); ${line}`)

describe.each([
  ['by its bytes', '"$b"', '"$s/c.txt"', '"$n"'],
  ['by its escapes', `'b\\xe9.txt'`, `'sub\\xff/c.txt'`, `'new\\xe9.txt'`],
])('%s', (_, file, deep, unknown) => {
  it('roar hash reads it, and prints it as everywhere', () => {
    const { code, out } = ask(`$roar hash ${file} ${deep}`)
    expect(code).toBe(0)
    expect(out).toMatch(/^[0-9a-f]{64} {2}b\\xe9\.txt\n[0-9a-f]{64} {2}sub\\xff\/c\.txt\n$/)
    expect(JSON.parse(ask(`$roar hash --json ${file}`).out).files[0]).toMatchObject({
      path: 'b\\xe9.txt',
      path_b64: Buffer.from('b\xe9.txt', 'latin1').toString('base64'),
      size: 3,
    })
  })

  it('a directory is one artifact', () => {
    const directory = deep.replace('/c.txt', '')
    expect(ask(`$roar hash ${directory}`).out).toMatch(/^composite-blake3:[0-9a-f]{64} {2}sub\\xff$/m)
  })

  it('roar show, verify, lineage and impact find it', () => {
    expect(ask(`$roar show ${file}`).out).toMatch(/^b\\xe9\.txt\n/)
    expect(ask(`$roar show ${deep}`).out).toMatch(/^sub\\xff\/c\.txt\n/)
    expect(ask(`$roar verify ${file}`)).toMatchObject({ code: 0 })
    expect(ask(`$roar impact ${file}`).out).toContain('o.txt')
    expect(ask(`$roar lineage ./${file}`).code).toBe(0)
    expect(ask(`cd "$s" && $roar show ../${file}`).out).toMatch(/^b\\xe9\.txt\n/)
  })

  it('one that no job has touched is told from one that is not there', () => {
    expect(ask(`$roar show ${unknown}`).err).toContain("No recorded job has read or written 'new\\xe9.txt'")
  })
})

it('a backslash that is part of a name is one', () => {
  expect(w.roar('show', 'a\\x41.txt').out).toMatch(/^a\\x41\.txt\n/)
  expect(w.roar('hash', 'a\\x41.txt').out).toMatch(/ a\\x41\.txt\n$/)
})

describe('A word of a command that is not UTF-8', () => {
  it('is recorded whole, and shown with its escape', () => {
    expect(ask(`$roar run -q --allow-dirty sh -c 'cat "$0" > w.txt' "$b"`).code).toBe(0)
    expect(w.job('@2').argv.at(-1)).toBe('b\udce9.txt')
    expect(w.must('show', '@2').out).toContain("$'b\\xe9.txt'")
    // What people read is UTF-8, in which no byte is lost.
    expect(w.must('log').out).not.toContain('\xef\xbf\xbd')
  })

  it('is run again by its bytes', () => {
    writeFileSync(at('w.txt'), 'lost\n')
    expect(w.roar('run', '-q', '--allow-dirty', '@2')).toMatchObject({ code: 0 })
    expect(readFileSync(at('w.txt'), 'utf8')).toBe('hi\n')
    expect(w.job('@2')).toMatchObject({ execution: 2 })
  })

  it('is another step than one with another byte', () => {
    for (const byte of ['352', '353'])
      ask(`$roar run -q --allow-dirty sh -c 'echo "$0" > x.txt' "$(printf 'b\\${byte}')"`)
    expect([w.job('@3').argv.at(-1), w.job('@4').argv.at(-1)]).toEqual(['b\udcea', 'b\udceb'])
  })

  it('is reproduced by its bytes, by roar and by a script', () => {
    const v = new TestWorkspace()
    v.write('.gitignore', '.roar/\n*.txt\n').commit()
    v.shell(`$roar run -q sh -c 'printf %s "$0" > out.txt' "$(printf 'b\\351\\047c')"`)
    const said = v.roar('reproduce', 'out.txt', '--run', '--dir', join(v.place, 'again'))
    expect(said.err + said.out).toContain('identical')
    expect(said.code).toBe(0)
    writeFileSync(join(v.place, 'again.sh'), v.must('reproduce', 'out.txt', '--script').out, 'latin1')
    expect(v.command('sh', '../again.sh', join(v.place, 'by-script')).code).toBe(0)
    expect(readFileSync(join(v.place, 'by-script/work/out.txt'), 'latin1')).toBe("b\xe9'c")
    v.remove()
  })
})

describe('An option of a run that is not UTF-8', () => {
  const v = new TestWorkspace()
  afterAll(() => v.remove())
  const run = (options: string, command = 'true') =>
    v.shell(`x=$(printf '\\351'); $roar run -q --allow-dirty ${options} ${command}`)

  it.each([
    ['a plain form', '', '@1'],
    ['what the parser reads', '--hash-inputs', '@2'],
  ])('is kept with its escape, as answers print it: %s', (_, more, step) => {
    expect(run(`${more} -n "name ${step} $x" --tag "k$x=v$x"`)).toMatchObject({ code: 0 })
    expect(v.job(step)).toMatchObject({ name: `name ${step} \\xe9`, tags: { 'k\\xe9': 'v\\xe9' } })
    expect(v.must('show', step).out).toContain(`name ${step} \\xe9`)
  })

  it('names a directory for --composite by its bytes', () => {
    expect(run('--composite "d$x"', `sh -c 'mkdir "$0"; echo 1 > "$0/a"' "d$x"`)).toMatchObject({ code: 0 })
    expect(v.job('@3').outputs).toMatchObject([{ kind: 'composite', path: 'd\\xe9' }])
  })
})
