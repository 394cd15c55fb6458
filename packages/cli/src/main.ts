/** The entry: answers `--version` and `--help` by itself and loads one command otherwise. Start-up time is why it imports nothing heavy. */
import { useCompileCaches } from './compile-cache.ts'
import { printPage } from './output/print-page.ts'

/** Put in by the bundler. */
declare const ROAR_VERSION: string

async function main(argv: readonly string[]): Promise<number> {
  const [first] = argv
  if (first === '--version' || first === '-V') return printPage(`${ROAR_VERSION}\n`)
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    const words = argv.slice(1).filter((word) => !word.startsWith('-'))
    if (words.length === 0) return showOverview()
    const { dispatch } = await import('./dispatch.ts')
    return dispatch([...words, '--help'])
  }
  useCompileCaches()
  if ((first === 'run' || first === 'build') && !asksForHelp(argv)) {
    const { runPlain } = await import('./run/run-plain.ts')
    const code = await runPlain(first, argv.slice(1))
    if (code !== null) return code
  }
  if (first !== undefined && reading.has(first)) {
    const { readPlain } = await import('./reading/read-plain.ts')
    const code = await readPlain(first, argv.slice(1))
    if (code !== null) return code
  }
  const { dispatch } = await import('./dispatch.ts')
  return dispatch(argv)
}

/** Commands whose plain forms have a bundle of their own. */
const reading = new Set(['log', 'show', 'dag', 'status'])

async function showOverview(): Promise<number> {
  const { overview } = await import('./help/overview.ts')
  return printPage(overview())
}

/** Seen at once: the recorder need not be loaded for it. */
const asksForHelp = ([, second]: readonly string[]): boolean =>
  second === undefined || second === '--help' || second === '-h'

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code
})
