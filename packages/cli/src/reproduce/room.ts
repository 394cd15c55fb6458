/** The room of a reproduction, from the command's services. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Progress, ReproductionRoom } from '@roar/reproduction'
import type { Services } from '../composition/services.ts'
import { shellWords, visible } from '../output/escape.ts'
import { count, duration } from '../output/humane.ts'
import type { Report } from '../output/report.ts'
import { compareContents } from './compare-contents.ts'
import { compositeLooker } from './composite-at.ts'
import { fetchFolder, fetchUrl } from './fetch-url.ts'
import type { Surroundings } from './surroundings.ts'

export function reproductionRoom(services: Services, around: Surroundings, report: Report): ReproductionRoom {
  const { plugins, hashes, config } = around
  const leastRate = config.leastRate()
  const known = new Set(plugins.contributions('hashes').map((one) => one.name))
  return {
    env: services.get('env'),
    roar: [join(dirname(fileURLToPath(import.meta.url)), '../bin/roar')],
    hash: (paths, algorithms) => hashes.hash(paths, { algorithms }),
    knows: (algorithm) => known.has(algorithm),
    fetch: (url, to) => fetchUrl(plugins, url, to, { leastRate }),
    fetchFolder: (url, to) => fetchFolder(plugins, url, to, { leastRate }),
    composite: compositeLooker(around, services.get('env'), services.get('directory')),
    compare: (pair) => compareContents(plugins, pair),
    say: (progress) => say(report, progress),
  }
}

function say(report: Report, progress: Progress): void {
  if (progress.phase === 'warning') report.warn(progress.message)
  else if (loud.has(progress.phase)) report.note(lineOf(progress))
  else report.detail(lineOf(progress))
}

const loud: ReadonlySet<string> = new Set(['clone', 'environment', 'step', 'kept'])

function lineOf(progress: Exclude<Progress, { phase: 'warning' }>): string {
  switch (progress.phase) {
    case 'clone':
      return `fetching ${visible(progress.from)}`
    case 'environment':
      return `preparing ${visible(progress.what)}`
    case 'inputs':
      return `placing ${count(progress.files, 'input')}`
    case 'step':
      return `${progress.step} (${progress.number} of ${progress.of})  ${shellWords(progress.argv)}`
    case 'kept':
      return `${progress.step} is done already`
    case 'done':
      return `${progress.step} took ${duration(progress.ms)}`
  }
}
