// Python opens its bytecode and only looks at the source's time and length: the source is what the job used, and no later run may lose it.
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type TestWorkspace, workspaces } from './workspace.ts'

const made = workspaces()
const hasPython = spawnSync('python3', ['-c', 'import sys; assert sys.version_info > (3, 6)']).status === 0
/** By path, and without what differs with every run. */
const inputs = (w: TestWorkspace) =>
  w
    .job('@1')
    .inputs.map(({ path, digests }) => [path.replace(`${w.place}/`, '…/'), digests] as const)
    .sort()
const paths = (w: TestWorkspace): readonly string[] => inputs(w).map(([path]) => path)

it.skipIf(!hasPython)('modules that are loaded from their bytecode are inputs, with the digest of their source', () => {
  const w = made().write('.gitignore', '.roar/\n__pycache__/\n')
  const beside = join(w.place, 'beside')
  mkdirSync(beside)
  writeFileSync(join(beside, 'far.py'), 'y = 1\n')
  w.write('near.py', 'x = 1\n').write('main.py', 'import near, far\nprint(near.x, far.y)\n').commit()
  w.env.PYTHONPATH = beside
  const run = () => w.must('run', '--allow-dirty', 'python3', 'main.py').out
  expect(run()).toBe('1 1\n')
  const read = inputs(w)
  expect(paths(w)).toEqual(['main.py', 'near.py', '…/beside/far.py'])
  expect(run()).toBe('1 1\n')
  expect(inputs(w)).toEqual(read)
  expect(read.every(([, digests]) => JSON.stringify(digests).length > 64)).toBe(true)
  appendFileSync(join(beside, 'far.py'), 'y = 22\n')
  for (let round = 0; round < 2; round++) {
    expect(run()).toBe('1 22\n')
    expect(paths(w)).toEqual(['main.py', 'near.py', '…/beside/far.py'])
    expect(inputs(w).slice(0, 2)).toEqual(read.slice(0, 2))
    expect(inputs(w)[2]).not.toEqual(read[2])
  }
})

it.skipIf(!hasPython)('bytecode without a source that it was made from stands for itself', () => {
  const w = made()
    .write('.gitignore', '.roar/\n')
    .write('near.py', 'x = 1\n')
    .write('main.py', 'import near\n')
    .commit()
  w.execute('python3', ['-m', 'compileall', '-q', '--invalidation-mode', 'unchecked-hash', 'near.py'])
  rmSync(join(w.root, 'near.py'))
  writeFileSync(join(w.root, 'near.py'), 'x = 2\n')
  w.must('run', '--allow-dirty', 'python3', 'main.py')
  expect(paths(w)).toEqual([expect.stringMatching(/^__pycache__\/near\..*pyc$/), 'main.py'])
})
