// A job that installs changes whose its files are while it runs: what was looked up meanwhile is not what the record says.
import { expect, it } from 'vitest'
import { type TestWorkspace, workspaces } from './workspace.ts'

const made = workspaces()
const workspace = (): TestWorkspace => made().write('.gitignore', '.roar/\nnode_modules/\n.venv/\n').commit()

/** Long enough for the recorder to have asked its detectors about what was read so far. */
const nap = 'sleep 0.7'
const names = (edges: readonly { readonly path: string }[]): readonly string[] => edges.map(({ path }) => path)

it('a package that gets its manifest behind its files', () => {
  const w = workspace().write('node_modules/gadget/index.js', 'exports.x = 1\n')
  const manifest = `printf '{"name":"gadget","version":"2.0.0"}' > node_modules/gadget/package.json`
  w.must('run', 'sh', '-c', `cat node_modules/gadget/index.js; ${nap}; ${manifest}; echo y > node_modules/gadget/y.js`)
  const job = w.job('@1')
  expect(job.packages.map(({ purl }) => purl)).toContain('pkg:npm/gadget@2.0.0')
  expect([names(job.inputs), names(job.outputs)]).toEqual([[], []])
})

it('a folder of packages that takes its place whole', () => {
  const w = workspace().write('node_modules/gadget/index.js', 'exports.x = 1\n')
  w.write('new/package.json', '{"name":"gadget","version":"3.0.0"}').write('new/index.js', 'exports.x = 3\n').commit()
  const swap = 'mv node_modules/gadget old; mv new node_modules/gadget; cat node_modules/gadget/index.js'
  w.must('run', 'sh', '-c', `cat node_modules/gadget/index.js; ${nap}; ${swap}`)
  expect(w.job('@1').packages.map(({ purl }) => purl)).toContain('pkg:npm/gadget@3.0.0')
})

it('a distribution that gets its record behind its modules', () => {
  const site = '.venv/lib/python3.11/site-packages'
  const w = workspace().write('.venv/pyvenv.cfg', 'home = /usr/bin\n').write(`${site}/gadget.py`, 'x = 1\n')
  w.write('new/METADATA', 'Metadata-Version: 2.1\nName: gadget\nVersion: 2.0\n\n').write('new/RECORD', 'gadget.py,,\n')
  const record = `mkdir ${site}/gadget-2.0.dist-info; cp new/* ${site}/gadget-2.0.dist-info`
  w.commit().must('run', 'sh', '-c', `cat ${site}/gadget.py; ${nap}; ${record}`)
  const job = w.job('@1')
  expect(job.packages.map(({ purl }) => purl)).toContain('pkg:pypi/gadget@2.0')
  expect(names(job.inputs)).not.toContain(`${site}/gadget.py`)
})
