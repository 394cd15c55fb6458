/** One line for what a reference names. */
import { display, instant, stepName } from '@roar/core'
import { shellWords, visible } from '../output/escape.ts'
import type { Reference } from './reference.ts'

export function describeReference(reference: Reference): string {
  switch (reference.is) {
    case 'session':
      return `session:${reference.session.hash}`
    case 'job':
      return `job ${reference.job.uid} (${stepName(reference.job.step)}, ${instant(reference.job.startedAt)}): ${shellWords(reference.job.argv)}`
    case 'artifact':
      return `artifact ${Object.entries(reference.artifact.digests)
        .map(([name, hex]) => `${name}:${hex}`)
        .join(' ')}`
    case 'path':
      return `path ./${visible(display(reference.path))}`
  }
}
