// A folder with the names of a format and nothing of its content stays files: whatever else lies in it would be swallowed.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fromString } from '@roar/core'
import { createProbe } from '@roar/host'
import { afterAll, expect, it } from 'vitest'
import { createCompositeDetector } from '../src/index.ts'

const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-lookalikes-')))
afterAll(() => rmSync(place, { recursive: true, force: true }))

const lookalikes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a source tree with a file .zarray that is no JSON': { '.zarray': 'see arrays', 'main.c': '' },
  'a folder with an empty .zgroup': { '.zgroup': '', 'app.py': '' },
  'versions of a manifest that no number names': { '_versions/app.manifest': '', 'data/a.txt': '' },
  'images beside labels that are pictures': { 'images/a.png': '', 'labels/a.svg': '', 'main.py': '' },
  'a server with its settings and its data': { 'config.json': '{"port":1}', 'database.h5': '', 'main.js': '' },
  'a program with a model of its own': { 'config.json': '{}', 'model.bin': '', 'main.js': '' },
  'a text that is called bagit.txt': { 'bagit.txt': 'notes', a: '' },
  'backups: a repository and its snapshots': { 'repo/a': '', 'snapshots/b': '', 'manifests/c': '' },
  'Parquet markers beside text': { _metadata: 'x', 'part-0000': 'words', 'part-0001': 'words' },
}

const detector = createCompositeDetector()
for (const [name, files] of Object.entries(lookalikes))
  it(`${name}: no composite`, () => {
    const root = join(place, name.replaceAll(/[^a-z]/gi, '-'))
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    const probe = createProbe({ workspace: { rootPath: fromString(join(place, 'elsewhere')) }, env: { HOME: place } })
    for (const path of Object.keys(files))
      expect(
        detector.detect({ path: fromString(join(root, path)), role: 'output', size: null }, probe),
        path,
      ).toBeNull()
  })

it('a later member of an HDF5 family alone is told by the first', () => {
  const probe = createProbe({ workspace: { rootPath: fromString(join(place, 'elsewhere')) }, env: { HOME: place } })
  writeFileSync(join(place, 'f0.h5'), '\x89HDF', 'latin1')
  writeFileSync(join(place, 'f1.h5'), 'data')
  const found = createCompositeDetector().detect(
    { path: fromString(join(place, 'f1.h5')), role: 'input', size: null },
    probe,
  )
  expect(found).toMatchObject({ format: 'hdf5' })
})
