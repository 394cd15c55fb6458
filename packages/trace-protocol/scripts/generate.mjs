// Makes the C header and the TypeScript codec from src/schema.ts. `--check` writes nothing and fails when they are not what the schema says.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'
import { cHeader } from './c-header.mjs'
import { layoutOf } from './layout.mjs'
import { tsCodec } from './ts-codec.mjs'

const here = dirname(dirname(fileURLToPath(import.meta.url)))

/** Node 20 cannot load TypeScript: its types are taken off in memory. */
async function loadSchema() {
  const { code } = transformSync(readFileSync(join(here, 'src/schema.ts'), 'utf8'), { loader: 'ts', format: 'esm' })
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`)
}

const layout = layoutOf(await loadSchema())
const buildId = createHash('sha256')
  .update(JSON.stringify(layout, (_, v) => (typeof v === 'bigint' ? String(v) : v)))
  .digest()
  .readBigUInt64LE(0)
const files = {
  'generated/roar_trace.h': cHeader(layout, buildId),
  'src/generated/codec.ts': tsCodec(layout, buildId),
}

const check = process.argv.includes('--check')
let stale = 0
for (const [name, text] of Object.entries(files)) {
  const path = join(here, name)
  if (check) {
    let found = ''
    try {
      found = readFileSync(path, 'utf8')
    } catch {}
    if (found === text) continue
    stale++
    console.error(`${name} is not what src/schema.ts says: run \`node packages/trace-protocol/scripts/generate.mjs\``)
  } else {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}
process.exitCode = stale ? 1 : 0
