/** What `roar dag` does, once its words are read. */
import { RoarError } from '@roar/core'
import type { Services } from '../composition/services.ts'
import { readDag } from '../graph/read-dag.ts'
import { mostRead } from '../output/dag/crowds.ts'
import { printDag } from '../output/dag/print.ts'
import type { Report } from '../output/report.ts'
import { flag, type Given, text } from '../words/options.ts'

export const dagOptions = {
  expanded: flag('--expanded', 'every execution, not only the newest of each step'),
  staleOnly: flag('--stale-only', 'only what is stale'),
  dot: flag('--dot', 'print it for Graphviz'),
  mermaid: flag('--mermaid', 'print it for Mermaid'),
  svg: text('--svg', 'write a picture to this file; - for stdout'),
  all: flag('--all', 'draw very long sessions whole'),
}

export interface DagQuestion extends Given<typeof dagOptions> {
  readonly ref: string | undefined
  /** False leaves out jobs run from a dirty work tree. */
  readonly dirty: boolean
}

export async function dag(report: Report, services: Services, question: DagQuestion): Promise<void> {
  const { expanded, staleOnly, dot, mermaid, svg = null } = question
  requireOneForm({ '--json': report.json, '--dot': dot, '--mermaid': mermaid, '--svg': svg !== null })
  const forPrograms = report.json || dot || mermaid || svg !== null
  const read = await readDag(services, {
    ...{ ref: question.ref ?? null, expanded, withoutDirty: !question.dirty, staleOnly },
    whole: question.all || forPrograms,
    mostOutputs: forPrograms || report.verbosity > 0 ? null : mostRead,
  })
  await printDag(report, read, { dot, mermaid, svg, directory: services.get('directory') })
}

function requireOneForm(forms: Readonly<Record<string, boolean>>): void {
  const asked = Object.keys(forms).filter((form) => forms[form])
  if (asked.length < 2) return
  throw new RoarError('ROAR_USAGE', `${asked.join(' and ')} are different forms of one answer.`, {
    exitCode: 2,
    remedy: asked.map((form) => `roar dag ${form}${form === '--svg' ? ' FILE' : ''}`),
  })
}
