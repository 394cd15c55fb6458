/** The entry: answers `--version` and `--help` by itself and loads one command otherwise. Start-up time is why it imports nothing heavy. */
import { writeSync } from 'node:fs'
import { useCompileCaches } from './compile-cache.ts'

/** Put in by the bundler. */
declare const ROAR_VERSION: string

async function main(argv: readonly string[]): Promise<number> {
  const [first] = argv
  if (first === '--version' || first === '-V') {
    writeSync(1, `${ROAR_VERSION}\n`)
    return 0
  }
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    const { helpFor } = await import('./help/overview.ts')
    return helpFor(argv.slice(1))
  }
  useCompileCaches()
  const { dispatch } = await import('./dispatch.ts')
  return dispatch(argv)
}

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code
})
