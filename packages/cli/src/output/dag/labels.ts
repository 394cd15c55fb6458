/** What stands beside a node of the drawing. */
import { display, type FlowFile, type FlowJob, type Staleness, staleText, stepName } from '@roar/core'
import { namedCommand } from '../command-line.ts'
import { visible } from '../escape.ts'
import { size } from '../humane.ts'
import type { Page } from '../page.ts'
import type { DrawLabels } from './draw.ts'

export function dagLabels(page: Page, state: Staleness): DrawLabels {
  const { styles } = page
  const isStale = (job: FlowJob) => state.stale.has(job.row.id)
  return {
    job: (job) => `${styles.step(stepName(job.row.step))} ${namedCommand(job.row, styles)}${flags(page, job, state)}`,
    file: (file) =>
      `${visible(display(file.path))}  ${styles.faint(facts(file))}${[...file.producers].some(isStale) ? styles.warn(' [stale]') : ''}`,
    jobSign: (job) => jobSign(page, job, isStale(job)),
    fileSign: () => '○',
  }
}

function jobSign({ styles }: Page, job: FlowJob, stale: boolean): string {
  if (job.row.status === 'running') return styles.warn('…')
  if (job.row.status !== 'completed') return styles.bad('✗')
  return stale ? styles.warn('◌') : styles.good('●')
}

function flags(page: Page, job: FlowJob, state: Staleness): string {
  const stale = state.stale.get(job.row.id)
  const words = [
    ...(stale ? [`stale: ${visible(staleText(stale))}`] : []),
    ...(state.superseded.has(job.row.id) ? [`superseded, execution ${job.row.execution}`] : []),
    ...(job.row.dirty ? ['dirty'] : []),
    ...(job.row.status === 'completed' || job.row.status === 'running' ? [] : [job.row.status]),
    ...(job.row.complete || job.row.endedAt === null ? [] : ['coverage incomplete']),
  ]
  const code = job.code > 0 ? page.styles.faint(`  +${job.code} code`) : ''
  return code + (words.length > 0 ? page.styles.warn(` [${words.join('; ')}]`) : '')
}

const facts = (file: FlowFile): string =>
  [file.size === null ? '' : size(file.size), file.digest?.slice(0, 8) ?? 'no digest'].filter(Boolean).join(' · ')
