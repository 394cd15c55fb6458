// A package that is installed as editable is somebody's work in progress: its modules are inputs with their digests, and the package is named when they are used.
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { workspaces } from './workspace.ts'

const made = workspaces()
const hasVenv = spawnSync('python3', ['-m', 'venv', '--help']).status === 0

it.skipIf(!hasVenv)('an editable package beside the workspace (needs Python with venv)', () => {
  const w = made().write('.gitignore', '.roar/\n.venv/\n')
  const source = join(w.place, 'editme/src')
  mkdirSync(source, { recursive: true })
  writeFileSync(join(source, 'editme.py'), 'x = 1\n')
  w.command('python3', '-m', 'venv', '--without-pip', '.venv')
  const where = 'import sysconfig; print(sysconfig.get_path("purelib"))'
  const site = w
    .command('.venv/bin/python', '-c', where)
    .out.trim()
    .slice(w.root.length + 1)
  const info = `${site}/editme-0.1.dist-info`
  w.write(`${site}/__editable__.editme-0.1.pth`, `${source}\n`).write(
    `${info}/METADATA`,
    'Name: editme\nVersion: 0.1\n',
  )
  w.write(`${info}/RECORD`, `__editable__.editme-0.1.pth,,\neditme-0.1.dist-info/METADATA,,\n`)
  w.write(`${info}/direct_url.json`, `{"url":"file://${join(w.place, 'editme')}","dir_info":{"editable":true}}`)
  w.write('main.py', 'import editme; print(editme.x)\n').write('other.py', 'print(0)\n').commit()
  const run = (script: string) => {
    const { out } = w.must('run', '.venv/bin/python', script)
    const { inputs, packages } = w.job(`@${script === 'main.py' ? 1 : 2}`)
    const digests = inputs.filter(({ path }) => path.endsWith('/editme.py')).map((one) => JSON.stringify(one.digests))
    return { out, digests, named: packages.filter(({ name }) => name === 'editme').map(({ purl }) => purl) }
  }
  const named = [`pkg:pypi/editme@0.1?editable=${join(w.place, 'editme').replaceAll('/', '%2F')}`]
  const first = run('main.py')
  expect(first).toEqual({ out: '1\n', digests: [expect.stringMatching(/\w{64}/)], named })
  expect(run('main.py')).toEqual(first)
  appendFileSync(join(source, 'editme.py'), 'x = 22\n')
  const changed = run('main.py')
  expect(changed).toEqual({ ...first, out: '22\n', digests: [expect.not.stringMatching(first.digests[0] ?? '')] })
  expect(run('other.py')).toEqual({ out: '0\n', digests: [], named: [] })
})
