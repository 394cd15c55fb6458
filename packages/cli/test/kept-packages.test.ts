// What is kept of a folder of Python distributions is never that of what was installed before: pip installs, upgrades and downgrades, hands edit in place.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { TestWorkspace } from './workspace.ts'

const w = new TestWorkspace()
afterAll(() => w.remove())
const hasPip = spawnSync('python3', ['-c', 'import ensurepip, venv']).status === 0

/** The distribution and its module have two names, and its second version has another module beside it. */
const wheel = `
import base64, hashlib, sys, zipfile
version = sys.argv[1]
files = {'gizmo.py': 'x = "%s"\\n' % version, 'gadget_kit-%s.dist-info/METADATA' % version: 'Metadata-Version: 2.1\\nName: Gadget-Kit\\nVersion: %s\\n' % version,
  'gadget_kit-%s.dist-info/WHEEL' % version: 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n'}
if version == '2.0': files['gearbox.py'] = 'x = 1\\n'
digest = lambda text: base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip('=')
record = ''.join('%s,sha256=%s,%d\\n' % (name, digest(text), len(text)) for name, text in files.items())
info = 'gadget_kit-%s.dist-info/RECORD' % version
with zipfile.ZipFile('../gadget_kit-%s-py3-none-any.whl' % version, 'w') as out:
  for name, text in {**files, info: record + info + ',,\\n'}.items(): out.writestr(name, text)
`

const python = '.venv/bin/python'
const pip = (version: string): void => {
  const words = ['--no-index', '--no-deps', '--disable-pip-version-check', '--force-reinstall', '-q']
  const done = w.command(python, '-m', 'pip', 'install', ...words, `../gadget_kit-${version}-py3-none-any.whl`)
  if (done.code !== 0) throw new Error(done.err)
}
/** Until nobody can change a file and leave its times as they are. */
const settle = () => setTimeout(2100)
/** One command, and so one step. */
const using = 'import importlib.util, gizmo; importlib.util.find_spec("gearbox") and __import__("gearbox")'
const kit = () => {
  w.must('run', python, '-B', '-c', using)
  const found = w.job('@1').packages.filter(({ name }) => name === 'gadget-kit')
  return found.map(({ purl, modified }) => `${purl} ${modified.map((path) => path.split('/').at(-1)).join(' ')}`.trim())
}
/** At once, when it is kept, and out of what is kept. */
async function thrice() {
  const all = [kit()]
  await settle()
  all.push(kit(), kit())
  return all
}
const same = (found: string) => [[found], [found], [found]]

function editInPlace(file: string, change: (text: string) => string): void {
  const { atime, mtime, size } = statSync(file)
  writeFileSync(file, change(readFileSync(file, 'utf8')))
  utimesSync(file, atime, mtime)
  expect(statSync(file).size).toBe(size)
}

it.skipIf(!hasPip)(
  'an upgrade, a downgrade and edits by hand are seen at once (needs Python with venv and pip)',
  async () => {
    w.write('.gitignore', '.roar/\n.venv/\n').commit()
    for (const version of ['1.0', '2.0']) expect(w.command('python3', '-c', wheel, version).err).toBe('')
    expect(w.command('python3', '-m', 'venv', '.venv').code).toBe(0)
    const site = w.command(python, '-c', 'import sysconfig; print(sysconfig.get_path("purelib"))').out.trim()
    pip('1.0')
    expect(await thrice()).toEqual(same('pkg:pypi/gadget-kit@1.0'))
    const kept = readdirSync(join(w.env.HOME as string, '.cache/roar/derived'))
    expect(kept.filter((name) => name.startsWith('python-')).map((name) => name.split('-')[1])).toEqual([
      'names',
      'tops',
    ])
    pip('2.0')
    expect(await thrice()).toEqual(same('pkg:pypi/gadget-kit@2.0'))
    pip('1.0')
    expect(await thrice()).toEqual(same('pkg:pypi/gadget-kit@1.0'))
    editInPlace(join(site, 'gadget_kit-1.0.dist-info/METADATA'), (text) => text.replace('Version: 1.0', 'Version: 1.9'))
    expect(await thrice()).toEqual(same('pkg:pypi/gadget-kit@1.9'))
    const record = join(site, 'gadget_kit-1.0.dist-info/RECORD')
    const right = readFileSync(record, 'utf8')
    editInPlace(record, (text) => text.replace(/^(gizmo\.py,sha256=)\w/m, '$1_'))
    expect(await thrice()).toEqual(same('pkg:pypi/gadget-kit@1.9 gizmo.py'))
    editInPlace(record, () => right)
    expect(await thrice()).toEqual(same('pkg:pypi/gadget-kit@1.9'))
    editInPlace(join(site, 'gizmo.py'), (text) => text.replace('1.0', '6.6'))
    expect(await thrice()).toEqual(same('pkg:pypi/gadget-kit@1.9 gizmo.py'))
    // No line of the record names the module any more.
    editInPlace(record, (text) => text.replaceAll('gizmo', 'gusto'))
    expect(await thrice()).toEqual([[], [], []])
  },
  120_000,
)

/** Another file in its place, of the same size and times. */
function putInPlace(file: string, text: string): void {
  const { atime, mtime, size } = statSync(file)
  writeFileSync(`${file}.new`, text)
  utimesSync(`${file}.new`, atime, mtime)
  renameSync(`${file}.new`, file)
  expect(statSync(file).size).toBe(size)
}

it('files and folders that are put in the place of others are seen at once, whatever their sizes and times', async () => {
  const place = new TestWorkspace()
  place.write('.gitignore', '.roar/\nenv/\n').commit()
  const site = join(place.root, 'env/lib/python3.11/site-packages')
  const recordOf = (text: string) => `gizmo.py,sha256=${createHash('sha256').update(text).digest('base64url')},6\n`
  const headers = (version: string) => `Metadata-Version: 2.1\nName: Gadget-Kit\nVersion: ${version}\n\n`
  const info = (file: string, version = '1.0') => join(site, `gadget_kit-${version}.dist-info`, file)
  for (const [file, text] of [
    [join(site, 'gizmo.py'), 'x = 1\n'],
    [info('METADATA'), headers('1.0')],
    [info('top_level.txt'), 'gizmo\n'],
    [info('RECORD'), recordOf('x = 1\n')],
  ] as const)
    place.write(file.slice(place.root.length + 1), text)
  const used = () => {
    place.must('run', 'cat', join(site, 'gizmo.py'))
    const found = place.job('@1').packages.filter(({ ecosystem }) => ecosystem === 'pypi')
    return found.map(({ purl, modified }) => `${purl.replace('pkg:pypi/', '')} ${modified.length}`)
  }
  /** Kept by the second of them. */
  const twice = async () => {
    await settle()
    return [used(), used()]
  }
  const both = (found: string) => [[found], [found]]
  try {
    expect(await twice()).toEqual(both('gadget-kit@1.0 0'))
    putInPlace(join(site, 'gizmo.py'), 'x = 2\n')
    expect(used()).toEqual(['gadget-kit@1.0 1'])
    expect(await twice()).toEqual(both('gadget-kit@1.0 1'))
    putInPlace(info('RECORD'), recordOf('x = 2\n'))
    expect(used()).toEqual(['gadget-kit@1.0 0'])
    expect(await twice()).toEqual(both('gadget-kit@1.0 0'))
    putInPlace(info('METADATA'), headers('1.5'))
    expect(used()).toEqual(['gadget-kit@1.5 0'])
    expect(await twice()).toEqual(both('gadget-kit@1.5 0'))
    // As an upgrade that moves the folder of the old version away would leave it.
    renameSync(info(''), info('', '2.0'))
    expect(used()).toEqual(['gadget-kit@1.5 0'])
    putInPlace(info('METADATA', '2.0'), headers('2.0'))
    expect(used()).toEqual(['gadget-kit@2.0 0'])
    putInPlace(info('top_level.txt', '2.0'), 'gadgt\n')
    putInPlace(info('RECORD', '2.0'), recordOf('x = 2\n').replace('gizmo', 'gismo'))
    expect(await twice()).toEqual([[], []])
  } finally {
    place.remove()
  }
}, 120_000)
