// Writes type declarations of the packages that programs import: dist/index.d.ts leads to one file for each source.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { StepFailed } from './execute.mjs'
import { libraries, packageAt, plugins, root } from './packages.mjs'

export function writeDeclarations() {
  const out = mkdtempSync(join(tmpdir(), 'roar-types-'))
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const options = {
    ...parsed.options,
    noEmit: false,
    allowImportingTsExtensions: false,
    rewriteRelativeImportExtensions: true,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: root,
    outDir: out,
    incremental: false,
    composite: false,
  }
  const names = [...libraries, ...plugins].map((name) => join(packageAt(name), 'src/index.ts'))
  const program = ts.createProgram(names, options)
  const emitted = program.emit()
  if (emitted.emitSkipped)
    throw new StepFailed(`the type declarations could not be written\n${why(emitted.diagnostics)}`)
  for (const name of [...libraries, ...plugins]) {
    const from = join(out, 'packages', name, 'src')
    // A declaration keeps the endings of its source; a reader looks for `.js`.
    for (const file of readdirSync(from, { recursive: true }).filter((file) => file.endsWith('.d.ts')))
      writeFileSync(
        join(from, file),
        readFileSync(join(from, file), 'utf8').replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'"),
      )
    cpSync(from, join(packageAt(name), 'dist'), { recursive: true })
  }
  rmSync(out, { recursive: true })
}

/** Some faults are of declarations alone, which `npx tsc -p .` does not write. */
const why = (diagnostics) =>
  ts.formatDiagnostics(diagnostics.slice(0, 5), {
    getCanonicalFileName: (file) => file,
    getCurrentDirectory: () => root,
    getNewLine: () => '\n',
  })
