// What would be made again is left out, with its reason; what only looks like it is not.
import { type DetectorCase, detectorSuite, ScratchProbe } from '@roar/conformance'
import type { BytePath, Probe } from '@roar/core'
import { describe, expect, it } from 'vitest'
import { all } from '../cases.test-data.ts'
import { createIgnoredDetector } from './index.ts'
import { isOwnCode, ownPackages } from './own-code.ts'

const because = (why: string) => ({ is: 'ignored', why }) as const

const cases: readonly DetectorCase[] = [
  ...all(
    because('bytecode cache'),
    '/home/u/project/__pycache__/a.cpython-311.pyc /home/u/project/pkg/__pycache__/b.pyc /tmp/prefix/a.cpython-312.pyc',
  ),
  ...all(
    because('version control'),
    '/home/u/project/.git/index /home/u/project/.git/objects/ab/cd /home/u/project/.hg/store/x /home/u/project/sub/.git',
  ),
  ...all(
    because('lineage records'),
    '/home/u/project/.roar/roar.db /home/u/project/.roar/config.toml /dev/shm/roar-0/run-a1B2c3/trace.log',
  ),
  ...all(
    because('tool cache'),
    `/home/u/project/node_modules/.cache/babel/x.json /home/u/project/.pytest_cache/v/x /var/tmp/dvc/repo/c0/links/cache.db /home/u/project/.mypy_cache/a.json
     /home/u/project/.ipynb_checkpoints/a.ipynb /home/u/.cache/fontconfig/x /home/u/.cache/matplotlib/fontlist-v390.json /home/u/.cache/pip/http/a
     /home/u/.cache/uv/wheels/x /home/u/.cache/roar/digests.db-wal /home/u/.nv/ComputeCache/index /home/u/project/tsconfig.tsbuildinfo`,
  ),
  ...all(
    because('package cache'),
    `/home/u/.npm/_cacache/index-v5/a /home/u/.cargo/registry/src/x/lib.rs /home/u/.cargo/.global-cache /opt/cargo/.global-cache-journal
     /opt/cargo/.package-cache /opt/cargo/.package-cache-mutate`,
  ),
  ...all(because('tool cache'), '/home/u/project/target/.rustc_info.json /home/u/project/target/debug/.cargo-lock'),
  ...all(because('tool cache'), `/ci/gocache/fd/fd${'0'.repeat(62)}-a /home/u/project/.gc/0a/0a${'1'.repeat(62)}-d`),
  ...all(null, `/data/fd/0a${'0'.repeat(62)}-a /data/0a${'0'.repeat(62)}-a /data/0a/0a${'0'.repeat(62)}`),
  ...all(
    because('editor file'),
    '/home/u/project/.main.py.swp /home/u/project/main.py~ /home/u/project/#main.py# /home/u/project/.#main.py /home/u/project/.~lock.a.ods#',
  ),
  ...all(because('editor state'), '/home/u/project/.vscode/settings.json /home/u/project/.idea/workspace.xml'),
  ...all(because('desktop file'), '/home/u/project/data/.DS_Store'),
  ...all(
    because('settings of shell and tools'),
    '/home/u/.bashrc /home/u/.gitconfig /home/u/.config/git/config /home/u/.config/pip/pip.conf /home/u/.bash_history /home/u/.cargo/env /home/u/.ipython/profile_default/startup/README /home/u/.ipython/profile_default/history.sqlite-journal /home/u/.ipython/profile_default/db/rootmodules /home/u/.local/share/jupyter/runtime/kernel-1.json /home/u/.jupyter/migrated /home/u/.config/go/env /home/u/.local/share/uv/tools/.lock',
  ),
  ...all(
    because('service scratch'),
    '/tmp/.X11-unix/X0 /tmp/ssh-abc/agent.12 /tmp/tmux-1000/default /tmp/hsperfdata_u/77 /dev/shm/sem.mp-abc /tmp/pip-build-env-x/a.py /tmp/uv-185f33f8e27ac4f5.lock',
  ),
  ...all(because('file system leftover'), '/home/u/project/.nfs000000000012ab34000001'),
  ...all(
    null,
    `/home/u/project/data.csv /home/u/project/gitignore /home/u/project/.gitignore /home/u/.cache/huggingface/hub/models--a/blobs/ab
     /home/u/.cache/torch/hub/checkpoints/resnet.pth /home/u/project/.git/annex/objects/a/b/MD5-s1--x/MD5-s1--x /home/u/project/roar/a
     /home/u/.local/share/uv/tools/x/data.csv /home/u/project/uv-185f33f8e27ac4f5.lock /tmp/uv-notes.lock
     /tmp/x.csv /tmp/tmpabc/part.csv /dev/shm/a.npy /home/u/project/legacy.pyc /home/u/project/.dvc/cache/files/md5/ab/cd /home/u/project/cache/a.csv
     /home/u/.ipython/profile_default/startup/00-own.py /home/u/.ipython/profile_default/ipython_config.py /home/u/.jupyter/jupyter_notebook_config.py /home/u/.config/app/data.csv /home/u/.bashrc.d/a /home/u/project/.bashrc /home/u/project/a#b.csv /home/u/project/cost$.csv /data/.hidden
     /home/u/project/.github/workflows/x.yml /home/u/project/fontlist.json /home/u/project/global-cache /home/u/project/.cargo/config.toml /home/u/project/out/4913 /dev/shm/roar-0/mine.csv /tmp/roar-7/run-1/a.csv`,
  ),
  // The folders above the workspace say nothing about its files.
  ...all(null, '/home/u/.vscode/work/a.csv /home/u/.vscode/work/pkg/b.csv', { workspace: '/home/u/.vscode/work' }),
  ...all(null, '/tmp/tmux-1/work/a.csv', { workspace: '/tmp/tmux-1/work' }),
  ...all(because('bytecode cache'), '/home/u/.vscode/work/__pycache__/a.pyc', { workspace: '/home/u/.vscode/work' }),
]

it('a cache is where a variable of the environment has it, unless it names all of the project or of the home', () => {
  const named = (caches: Readonly<Record<string, string>>, path: string) => {
    const probe = {
      workspace: '/home/u/project',
      home: '/home/u',
      temporary: ['/tmp'],
      caches: new Map(Object.entries(caches)),
    }
    return createIgnoredDetector().detect({ path: path as BytePath, role: 'input', size: 1 }, probe as unknown as Probe)
  }
  const cache = because('tool cache')
  expect(named({ GOCACHE: '/ci/go' }, '/ci/go/trim.txt')).toEqual(cache)
  expect(named({ GOCACHE: '/home/u/project/.gc' }, '/home/u/project/.gc/c4/x-d/tool')).toEqual(cache)
  expect(named({ XDG_CACHE_HOME: '/scratch/c' }, '/scratch/c/go-build/README')).toEqual(cache)
  for (const name of ['HF_DATASETS_CACHE', 'TRANSFORMERS_CACHE', 'MY_CACHE'])
    expect(named({ [name]: '/d' }, '/d/a')).toBe(null)
  expect(named({ XDG_CACHE_HOME: '/scratch/c' }, '/scratch/c/torch/hub/a.pth')).toBe(null)
  expect(named({ GOCACHE: '/ci/go' }, '/ci/gold/a.csv')).toBe(null)
  for (const all of ['/', '/home/u', '/home/u/project', '/tmp'])
    expect(named({ PIP_CACHE_DIR: all }, '/home/u/project/a.csv'), all).toBe(null)
})

it('what a clone of roar has built is roar itself for a job that starts it, and a file as others for who builds or changes it', () => {
  const own = '/opt/roar/packages' as BytePath
  const asked = (path: string, role: 'input' | 'output' = 'input', workspace = '/home/u/project') =>
    isOwnCode({ path: path as BytePath, role, size: 1 }, { workspace } as unknown as Probe, own)
  for (const path of ['cli/dist/main.js', 'cli/bin/roar', 'hash-blake3/native/build/x.node', 'web/package.json']) {
    expect(asked(`${own}/${path}`), path).toBe(true)
    expect(asked(`${own}/${path}`, 'output'), path).toBe(false)
    expect(asked(`${own}/${path}`, 'input', '/opt/roar'), path).toBe(false)
    expect(asked(`${own}/${path}`, 'input', '/opt/roar/packages/cli'), path).toBe(false)
    expect(asked(`/opt/other/packages/${path}`), path).toBe(false)
  }
  expect(asked(`${own}/cli/src/main.ts`)).toBe(false)
  expect(ownPackages('/opt/roar/packages/artifact-detectors/dist/index.cjs')).toBe(own)
  expect(ownPackages('/usr/lib/node_modules/@roar/artifact-detectors/dist/index.cjs')).toBe(null)
})

detectorSuite({ describe, it }, 'ignored', createIgnoredDetector, cases)

describe('bytecode', () => {
  const stamp = { dev: 1n, ino: 1n, size: 5n, mtimeNs: 7_900_000_000n, ctimeNs: 0n }
  const words = (...all: number[]) => new Uint8Array(Uint32Array.from(all).buffer)
  const fits = (bytes: Uint8Array, path = '/w/__pycache__/a.cpython-311.pyc') => {
    const probe = new ScratchProbe({ [path]: bytes, '/home/u/b.py': '' })
    const made = createIgnoredDetector().madeFrom?.(path as BytePath, probe)
    const found = made && [made.source, made.fits(stamp)]
    probe.close()
    return found
  }
  it('is made from the file that has the time and the length that stand in it', () => {
    expect(fits(words(0xa0d0da7, 0, 7, 5))).toEqual(['/w/a.py', true])
    expect(fits(words(0xa0d0d33, 7, 5, 0xe3))).toEqual(['/w/a.py', true])
    expect(fits(words(0xa0d0da7, 0, 7, 6))).toEqual(['/w/a.py', false])
    expect(fits(words(0xa0d0da7, 1, 7, 5))).toEqual(['/w/a.py', false])
    expect(fits(words(0xa0d0da7))).toEqual(['/w/a.py', false])
    expect(fits(words(0xa0d0da7, 0, 7, 5), '/w/__pycache__/a.cpython-311.opt-1.pyc')).toEqual(['/w/a.py', true])
  })
  it('lies below a prefix, where Python is told to put it there', () => {
    expect(fits(words(0xa0d0da7, 0, 7, 5), '/x/y/home/u/b.cpython-311.pyc')).toEqual(['/home/u/b.py', true])
    expect(fits(words(0xa0d0da7, 0, 7, 5), '/x/y/home/u/c.cpython-311.pyc')).toBeNull()
    expect(fits(words(0xa0d0da7, 0, 7, 5), '/home/u/b.cpython-311.pyc')).toBeNull()
  })
  it('is nobody’s when it lies elsewhere, or in what is left out as a whole', () => {
    expect(fits(words(0xa0d0da7, 0, 7, 5), '/w/a.pyc')).toBeNull()
    expect(fits(words(0xa0d0da7, 0, 7, 5), '/home/u/project/.tox/py/__pycache__/a.cpython-311.pyc')).toBeNull()
  })
})
