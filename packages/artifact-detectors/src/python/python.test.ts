// A file of an installed distribution is named with the project and its version, however it was installed.
import { type DetectorCase, detectorSuite, ScratchProbe } from '@roar/conformance'
import { type BytePath, type DerivedText, fromString } from '@roar/core'
import { describe, expect, it } from 'vitest'
import { all, told } from '../cases.test-data.ts'
import { createPythonDetector } from './index.ts'

const metadata = (name: string, version: string) =>
  `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n\nVersion: not this\n`
const record = (...files: string[]) => files.map((file) => `${file},sha256=x,1\n`).join('')
const s = '/home/u/env/lib/python3.11/site-packages'
const tree = {
  '/home/u/env/pyvenv.cfg': 'home = /usr/bin\nversion = 3.11.7\n',
  [`${s}/numpy-1.26.4.dist-info/METADATA`]: metadata('numpy', '1.26.4'),
  [`${s}/PyYAML-6.0.1.dist-info/METADATA`]: metadata('PyYAML', '6.0.1'),
  [`${s}/PyYAML-6.0.1.dist-info/top_level.txt`]: '_yaml\nyaml\n',
  [`${s}/six-1.16.0.dist-info/METADATA`]: metadata('six', '1.16.0'),
  [`${s}/six-1.16.0.dist-info/RECORD`]: record(
    'six.py',
    '__pycache__/six.cpython-311.pyc',
    'six-1.16.0.dist-info/METADATA',
  ),
  [`${s}/attrs-23.2.0.dist-info/METADATA`]: metadata('attrs', '23.2.0'),
  [`${s}/attrs-23.2.0.dist-info/RECORD`]: record('attr/__init__.py', 'attrs/__init__.py', '"odd,name/x.py"'),
  // A namespace of two, one of them with a name that is nearly the namespace's.
  [`${s}/azure-4.0.dist-info/METADATA`]: metadata('azure', '4.0'),
  [`${s}/azure-4.0.dist-info/RECORD`]: record('azure/__init__.py'),
  [`${s}/azure_core-1.30.dist-info/METADATA`]: metadata('azure-core', '1.30'),
  [`${s}/azure_core-1.30.dist-info/RECORD`]: record('azure/core/__init__.py', 'azure/core/data/a.txt'),
  [`${s}/google_auth-2.0.dist-info/METADATA`]: metadata('google-auth', '2.0'),
  [`${s}/google_auth-2.0.dist-info/top_level.txt`]: 'google\n',
  [`${s}/google_auth-2.0.dist-info/RECORD`]: record('google/auth/__init__.py', 'google/auth/_x.py'),
  [`${s}/protobuf-5.0.dist-info/METADATA`]: metadata('protobuf', '5.0'),
  [`${s}/protobuf-5.0.dist-info/RECORD`]: record(
    'google/protobuf/__init__.py',
    '../../../bin/protoc-gen',
    '../../../share/proto/a.txt',
  ),
  [`${s}/old-2.0-py3.11.egg-info/PKG-INFO`]: metadata('Old.Thing', '2.0'),
  [`${s}/old-2.0-py3.11.egg-info/top_level.txt`]: 'oldthing\n',
  [`${s}/older-0.3.egg-info`]: metadata('older', '0.3'),
  [`${s}/dir-1.0-py3.11.egg/EGG-INFO/PKG-INFO`]: metadata('dir', '1.0'),
  [`${s}/zip-1.5-py3.11.egg`]: 'PK',
  [`${s}/editme-0.1.dist-info/METADATA`]: metadata('editme', '0.1'),
  [`${s}/editme-0.1.dist-info/direct_url.json`]: '{"url":"file:///home/u/lib%20s/editme","dir_info":{"editable":true}}',
  [`${s}/mine-0.1.dist-info/METADATA`]: metadata('mine', '0.1'),
  [`${s}/mine-0.1.dist-info/direct_url.json`]: '{"url":"file:///home/u/project","dir_info":{"editable":true}}',
  [`${s}/linked.egg-link`]: '/home/u/linked/src\n../',
  '/home/u/linked/src/linked.egg-info/PKG-INFO': metadata('linked', '0.9'),
  '/usr/lib/python3.11/os.py': '',
  '/usr/lib/python3/dist-packages/apt/__init__.py': '',
  '/usr/lib/python3/dist-packages/python_apt-2.6.0.egg-info/PKG-INFO': metadata('python-apt', '2.6.0'),
  '/usr/lib/python3/dist-packages/python_apt-2.6.0.egg-info/top_level.txt': 'apt\napt_pkg\n',
  '/home/u/.pyenv/versions/3.12.1/lib/python3.12/os.py': '',
  '/home/u/.pyenv/versions/3.12.1/include/python3.12/patchlevel.h': '#define PY_VERSION      \t"3.12.1"\n',
  '/home/u/.pyenv/versions/3.12.1/lib/python3.12/site-packages/pip-24.0.dist-info/METADATA': metadata('pip', '24.0'),
  '/home/u/.pyenv/versions/3.12.1/lib/python3.12/site-packages/pip-24.0.dist-info/RECORD': record(
    '../../../bin/pip',
    'pip/__init__.py',
  ),
  '/data/target/six-1.16.0.dist-info/METADATA': metadata('six', '1.16.0'),
  '/data/target/six-1.16.0.dist-info/RECORD': record('six.py'),
}
const asked = { tree, workspace: '/home/u/project' }
const pypi = (name: string, version: string | null) =>
  ({ is: 'package', ecosystem: 'pypi', package: name, version }) as const
const python = (version: string | null) => ({ is: 'package', ecosystem: 'python', package: 'python', version }) as const

const cases: readonly DetectorCase[] = [
  ...all(
    pypi('numpy', '1.26.4'),
    `${s}/numpy/core/a.so ${s}/numpy/__pycache__/a.cpython-311.pyc ${s}/numpy.libs/libopenblas.so ${s}/numpy-1.26.4.dist-info/METADATA ${s}/numpy/made/later.npy`,
    asked,
  ),
  ...all(pypi('pyyaml', '6.0.1'), `${s}/yaml/__init__.py ${s}/_yaml/__init__.py`, asked),
  ...all(pypi('six', '1.16.0'), `${s}/six.py ${s}/__pycache__/six.cpython-311.pyc`, asked),
  // The folder of bytecode is everybody's: that somebody has a file there says nothing of this one.
  ...all(null, `${s}/__pycache__/loose.cpython-311.pyc`, asked),
  ...all(
    pypi('attrs', '23.2.0'),
    `${s}/attr/__init__.py ${s}/attrs/__pycache__/__init__.cpython-311.pyc ${s}/odd,name/x.py`,
    asked,
  ),
  ...all(pypi('azure', '4.0'), `${s}/azure/__init__.py ${s}/azure/__pycache__/__init__.cpython-311.pyc`, asked),
  ...all(
    pypi('azure-core', '1.30'),
    `${s}/azure/core/__init__.py ${s}/azure/core/data/a.txt ${s}/azure/core/__pycache__/__init__.cpython-311.pyc`,
    asked,
  ),
  ...all(pypi('google-auth', '2.0'), `${s}/google/auth/_x.py ${s}/google/auth/new.txt`, asked),
  ...all(
    pypi('protobuf', '5.0'),
    `${s}/google/protobuf/__init__.py /home/u/env/bin/protoc-gen /home/u/env/share/proto/a.txt`,
    asked,
  ),
  ...all(pypi('old-thing', '2.0'), `${s}/oldthing/a.py ${s}/old-2.0-py3.11.egg-info/PKG-INFO`, asked),
  ...all(pypi('older', '0.3'), `${s}/older.py ${s}/older/a.py ${s}/older-0.3.egg-info`, asked),
  ...all(pypi('dir', '1.0'), `${s}/dir-1.0-py3.11.egg/dir/a.py`, asked),
  ...all(pypi('zip', '1.5'), `${s}/zip-1.5-py3.11.egg`, asked),
  ...all(
    python('3.11.7'),
    '/home/u/env/pyvenv.cfg /home/u/env/bin/python /home/u/env/bin/python3.11 /home/u/env/bin/activate',
    asked,
  ),
  ...all(
    python('3.11'),
    '/usr/lib/python3.11/json/decoder.py /usr/lib/python3.11/json/__pycache__/x.cpython-311.pyc /usr/lib/python3.11/lib-dynload/_x.so',
    asked,
  ),
  ...all(
    pypi('python-apt', '2.6.0'),
    '/usr/lib/python3/dist-packages/apt/x.py /usr/lib/python3/dist-packages/apt_pkg.cpython-311-x86_64-linux-gnu.so',
    asked,
  ),
  ...all(
    python('3.12.1'),
    '/home/u/.pyenv/versions/3.12.1/lib/python3.12/os.py /home/u/.pyenv/versions/3.12.1/bin/python3.12 /home/u/.pyenv/versions/3.12.1/lib/libpython3.12.so.1.0',
    asked,
  ),
  ...all(pypi('pip', '24.0'), '/home/u/.pyenv/versions/3.12.1/bin/pip', asked),
  ...all(pypi('six', '1.16.0'), '/data/target/six.py', asked),
  ...all(pypi('upgraded-thing', '0.9'), `${s}/Upgraded_Thing-0.9.dist-info/RECORD`, asked),
  ...all({ is: 'ignored', why: 'Python path file' }, `${s}/easy-install.pth ${s}/linked.egg-link`, asked),
  ...all(
    null,
    `${s}/loose.py ${s}/loose.csv /home/u/project/train.py /home/u/project/pkg/__init__.py /data/target/mine.py /data/target/six.csv /usr/bin/python3
     /usr/lib/python3/dist-packages/loose.py /home/u/env/data/a.csv /home/u/project/bin/tool /home/u/other/a.py /home/u/lib/python9.9/a.py /data/a.csv`,
    asked,
  ),
]

// Editable installations are known from a site that was seen, so it is asked for first, as Python does.
const seen = { path: `${s}/numpy/a.py`, is: pypi('numpy', '1.26.4'), ...asked }
const remembering = () => {
  const detector = createPythonDetector()
  return {
    name: 'python',
    detect: (candidate: Parameters<typeof detector.detect>[0], probe: Parameters<typeof detector.detect>[1]) => {
      detector.detect({ ...candidate, path: seen.path as never }, probe)
      return detector.detect(candidate, probe)
    },
  }
}
const editable: readonly DetectorCase[] = [
  ...all(null, '/home/u/project/mine/a.py /home/u/linked/src/data.csv /home/u/linked/src/linked/a.py', asked),
  { ...asked, path: '/home/u/lib s/editme/src/a.py', is: null },
  { ...asked, path: '/home/u/lib s/editme/data/a.csv', is: null },
]

it('modules of an editable package are nobody’s but their author’s, and tell of its use, outside of the workspace', () => {
  const probe = new ScratchProbe(tree)
  const detector = createPythonDetector()
  detector.detect({ path: fromString(seen.path), role: 'input', size: 1 }, probe)
  const namedBy = (path: string) =>
    detector.packagesOf?.({ path: fromString(path), role: 'input', size: 1 }, probe).map((one) => one.package)
  expect(namedBy('/home/u/lib s/editme/src/a.py')).toEqual(['editme'])
  expect(namedBy('/home/u/linked/src/linked/a.py')).toEqual(['linked'])
  for (const path of ['/home/u/lib s/editme/data/a.csv', '/home/u/project/a.py', `${s}/numpy/a.py`, '/data/a.py'])
    expect(namedBy(path)).toEqual([])
  probe.close()
})

detectorSuite({ describe, it }, 'python', createPythonDetector, cases)
describe('beside a site that was seen', () => detectorSuite({ describe, it }, 'python', remembering, editable))

/** Keeps texts as a host does, whatever they rest on. */
class Keeping extends ScratchProbe {
  readonly kept = new Map<string, string>()
  readonly sources: BytePath[] = []

  derivedText(name: string, sources: readonly BytePath[], make: () => DerivedText): string {
    const key = `${name} ${sources[0]}`
    const made = this.kept.get(key) ?? make()
    const { text, restsOn } = typeof made === 'string' ? { text: made, restsOn: sources.length } : made
    if (!this.kept.has(key)) this.sources.push(...sources.slice(0, restsOn))
    this.kept.set(key, text)
    return text
  }
}

const nameOf = (path: string, probe: ScratchProbe) => {
  const found = createPythonDetector().detect({ path: fromString(path), role: 'input', size: 1 }, probe)
  return found?.is === 'package' ? `${found.package} ${found.version}` : found
}

it('a wheel tells what is in it by its name, and stays a file', () => {
  const purls = (name: string) => told(createPythonDetector, `/data/${name}`, {}).purls
  expect(purls('Six-1.16.0-py2.py3-none-any.whl')).toEqual(['pkg:pypi/six@1.16.0'])
  expect(purls('zope_event-6.2+cu12-1-cp311-cp311-manylinux_2_17_x86_64.whl')).toEqual([
    'pkg:pypi/zope-event@6.2%2Bcu12',
  ])
  expect(purls('six.whl')).toEqual([])
})

it('that Python reads at its start where an editable package lies, is no use of that package; a path file that runs code is', () => {
  const files = {
    '__editable__.editme-0.1.pth': '/home/u/lib s/editme/src\n',
    '__editable__.mine-0.1.pth': 'import __editable___mine_0_1_finder; __editable___mine_0_1_finder.install()',
    '__editable___mine_0_1_finder.py': 'MAPPING = {}\n',
    'six_start.pth': "import os; enabled = True; enabled and __import__('six')\n",
  }
  const beside = {
    ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`${s}/${file}`, text])),
    [`${s}/editme-0.1.dist-info/RECORD`]: record('__editable__.editme-0.1.pth'),
    [`${s}/mine-0.1.dist-info/RECORD`]: record('__editable__.mine-0.1.pth', '__editable___mine_0_1_finder.py'),
    [`${s}/six-1.16.0.dist-info/RECORD`]: record('six.py', 'six_start.pth'),
  }
  const probe = new ScratchProbe({ ...tree, ...beside })
  const said = [...Object.keys(files), '__pycache__/__editable___mine_0_1_finder.cpython-311.pyc', 'six.py'].map(
    (file) => {
      const found = createPythonDetector().detect({ path: fromString(`${s}/${file}`), role: 'input', size: 1 }, probe)
      return found?.is === 'package' && `${found.package} ${found.incidental ?? false}`
    },
  )
  probe.close()
  expect(said).toEqual(['editme true', 'mine true', 'mine true', 'six false', 'mine true', 'six false'])
})

it('The project itself, installed in place, is of use as a package when a module of it is', () => {
  const beside = {
    [`${s}/mine-0.1.dist-info/top_level.txt`]: 'mine\n',
    [`${s}/zatched-2.0.dist-info/METADATA`]: metadata('zatched', '2.0'),
    [`${s}/zatched-2.0.dist-info/RECORD`]: record('_zatched.pth'),
    [`${s}/zatched-2.0.dist-info/direct_url.json`]:
      '{"url":"file:///home/u/project/libs/h","dir_info":{"editable":true}}',
  }
  const probe = new ScratchProbe({ ...tree, ...beside }, { workspace: '/home/u/project' })
  const detector = createPythonDetector()
  detector.detect({ path: fromString(seen.path), role: 'input', size: 1 }, probe)
  const purls = (path: string) =>
    detector.packagesOf?.({ path: fromString(path), role: 'input', size: 1 }, probe).map((one) => one.purl)
  const said = [
    'mine/a.py',
    'src/mine/__pycache__/a.cpython-311.pyc',
    'train.py',
    'tests/mine.csv',
    'libs/h/src/x/y.py',
  ].map((path) => purls(`/home/u/project/${path}`))
  probe.close()
  const mine = ['pkg:pypi/mine@0.1?editable=.']
  expect(said).toEqual([mine, mine, [], [], ['pkg:pypi/zatched@2.0?editable=libs%2Fh']])
})

it('What was installed from a repository says so', () => {
  const url = { url: 'https://u:p@host.example/o/six.git', vcs_info: { vcs: 'git', commit_id: 'abc123' } }
  const probe = new ScratchProbe({ ...tree, [`${s}/six-1.16.0.dist-info/direct_url.json`]: JSON.stringify(url) })
  const found = createPythonDetector().detect({ path: fromString(`${s}/six.py`), role: 'input', size: 1 }, probe)
  probe.close()
  expect(found).toMatchObject({
    purl: 'pkg:pypi/six@1.16.0?vcs_url=git%2Bhttps:%2F%2Fhost.example%2Fo%2Fsix.git%40abc123',
  })
})

const lists = ['top_level.txt', 'RECORD', 'installed-files.txt']

describe('what is kept of a distribution', () => {
  it.each([
    ['its name rests on METADATA', `${s}/six-1.16.0.dist-info/x`, 'six 1.16.0', ['six-1.16.0.dist-info/METADATA']],
    [
      'or on an egg-info that is a folder or a file',
      `${s}/older-0.3.egg-info`,
      'older 0.3',
      ['older-0.3.egg-info/PKG-INFO', 'older-0.3.egg-info'],
    ],
    ['or is not kept, where it lies in a zip', `${s}/zip-1.5-py3.11.egg`, 'zip 1.5', []],
  ])('%s', (_, path, name, sources) => {
    const probe = new Keeping(tree)
    expect([nameOf(path, probe), nameOf(path, probe)]).toEqual([name, name])
    expect([...new Set(probe.sources)]).toEqual(sources.map((one) => `${s}/${one}`))
    probe.close()
  })

  it.each([
    ['on top_level.txt alone where that has them', 'PyYAML-6.0.1.dist-info', ['top_level.txt']],
    ['on that and RECORD where it has none', 'listless-1.0.dist-info', ['top_level.txt', 'RECORD']],
    ['on whatever might list them where nothing does', 'silent-1.0.dist-info', lists],
  ])('the names of its modules rest %s', (_, entry, sources) => {
    const record = {
      'listless-1.0.dist-info/RECORD': 'listed.py,,\n',
      'silent-1.0.dist-info/METADATA': 'Name: silent\n',
    }
    const beside = Object.entries(record).map(([file, text]) => [`${s}/${file}`, text])
    const probe = new Keeping({ ...tree, ...Object.fromEntries(beside) })
    expect([nameOf(`${s}/yaml/a.py`, probe), nameOf(`${s}/yaml/a.py`, probe)]).toEqual(['pyyaml 6.0.1', 'pyyaml 6.0.1'])
    const asked = probe.sources.filter((one) => one.includes(entry) && lists.some((list) => one.endsWith(list)))
    expect([...new Set(asked)]).toEqual(sources.map((file) => `${s}/${entry}/${file}`))
    probe.close()
  })

  it('a text that is none of ours is worked out again', () => {
    const probe = new Keeping(tree)
    nameOf(`${s}/yaml/a.py`, probe)
    for (const key of probe.kept.keys()) probe.kept.set(key, '{')
    expect(nameOf(`${s}/yaml/a.py`, probe)).toBe('pyyaml 6.0.1')
    probe.close()
  })
})
