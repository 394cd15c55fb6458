/** `log`, `show`, `dag` and `status` as they are mostly typed: neither the parser nor any other command has to be loaded for them. */
import { createReadingServices } from '../composition/reading-services.ts'
import type { Services } from '../composition/services.ts'
import { Report } from '../output/report.ts'
import { performWith } from '../perform-with.ts'
import { readWords } from '../words/read-words.ts'
import { dag, dagOptions } from './dag.ts'
import { log, logOptions } from './log.ts'
import { show } from './show.ts'
import { status } from './status.ts'

type Work = (report: Report, services: Services) => Promise<void>

/** Null: the words are of no plain form, and nothing was done. */
export async function readPlain(name: string, words: readonly string[]): Promise<number | null> {
  // Bytes that Node could not decode are read from the kernel, by the parser's way.
  const isText = !words.some((word) => word.includes('\ufffd'))
  const asked = (isText && plain[name]?.(words)) || null
  if (asked === null) return null
  const { json, quiet, verbosity, directory, work } = asked
  const report = new Report({ json, quiet, verbosity, color: 'auto', env: process.env })
  const services = createReadingServices({ directory: directory ?? '.', env: process.env })
  return performWith(services, report, work, `roar ${name}`)
}

interface Asked {
  readonly json: boolean
  readonly quiet: boolean
  readonly verbosity: number
  readonly directory: string | undefined
  readonly work: Work
}

const plain: Readonly<Record<string, (words: readonly string[]) => Asked | null>> = {
  log: (words) => {
    const read = readWords(words, logOptions, false)
    return read && { ...read.given, ...read, work: (report, services) => log(report, services, read.given) }
  },
  show: (words) => {
    const read = readWords(words, {}, true)
    return read && { ...read.given, ...read, work: (report, services) => show(report, services, read.ref) }
  },
  dag: (words) => {
    const read = readWords(words, dagOptions, true)
    const question = read && { ...read.given, ref: read.ref, dirty: true }
    return question && { ...question, ...read, work: (report, services) => dag(report, services, question) }
  },
  status: (words) => {
    const read = readWords(words, {}, false)
    return read && { ...read.given, ...read, work: status }
  },
}
