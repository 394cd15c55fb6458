/** Writes small plugin packages, real ones on disk, for the tests beside this. */
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { initWorkspace } from '../workspace/init-workspace.ts'

export async function temporaryWorkspace() {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'roar-plugins-')))
  return (await initWorkspace(root)).workspace
}

export const crc = `export const createHash = () => ({ name: 'crc', digestLength: 4, create: () => ({ update() {}, digest: () => new Uint8Array(4) }) })\n`
export const contributesCrc = { hashes: [{ name: 'crc', export: 'createHash' }] }

/** A package in `node_modules` of the root, or at a path. */
export function writePackage(root: string, name: string, fields: object, files: Readonly<Record<string, string>> = {}) {
  const directory = name.startsWith('.') ? join(root, name) : join(root, 'node_modules', name)
  const manifest = {
    name: name.replace(/^\.\//, ''),
    version: '1.0.0',
    type: 'module',
    exports: './index.js',
    ...fields,
  }
  for (const [path, text] of Object.entries({ 'package.json': JSON.stringify(manifest), ...files })) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), text)
  }
  return directory
}

export const roarField = (contributes: object, api = 1) => ({ roar: { api, contributes } })
