/** The packages of a job: names in a line, with -v where each lies; files changed since they were installed are always named. */
import type { JobBody } from '@roar/core'
import { visible } from '../escape.ts'
import { count } from '../humane.ts'
import type { Page } from '../page.ts'
import { shortDigest } from './short-digest.ts'

type Package = JobBody['packages'][number]

const fewNames = 8
const fewFiles = 5

export function packagesView(page: Page, job: Omit<JobBody, 'inputs' | 'outputs'>): void {
  const { packages } = job
  if (packages.length === 0) return
  page.heading(`packages (${packages.length})`)
  if (page.verbosity > 0) page.table(packages.map((one) => row(page, one)))
  else page.line(`  ${shortList(page, packages)}`)
  for (const one of packages.filter(({ modified }) => modified.length > 0)) modifiedLine(page, one)
  for (const one of job.lock_files)
    page.line(
      `  ${page.styles.faint('pinned by')}  ${visible(one.path)}  ${page.styles.faint(shortDigest(one.digests))}`,
    )
}

/** Those of the user's languages first: what the system brings along is in every job. */
function shortList(page: Page, packages: readonly Package[]): string {
  const own = packages.filter(({ ecosystem }) => !systems.has(ecosystem))
  const listed = own.length > 0 ? own : packages
  const shown = listed
    .slice(0, fewNames)
    .map(({ name, version }) => visible(version === null ? name : `${name} ${version}`))
  const more = packages.length - shown.length
  return `${shown.join(', ')}${more > 0 ? page.styles.faint(` … and ${more} more (-v shows all)`) : ''}`
}

const systems = new Set(['deb', 'rpm', 'apk', 'alpm', 'nix', 'guix', 'brew'])

const row = (page: Page, { name, version, purl, location }: Package): readonly string[] => [
  visible(name),
  visible(version ?? '?'),
  page.styles.faint(visible(purl)),
  page.styles.faint(visible(location ?? '')),
]

function modifiedLine(page: Page, { name, modified }: Package): void {
  const files = page.verbosity > 0 ? modified : modified.slice(0, fewFiles)
  const more = modified.length - files.length
  const text = `${count(modified.length, 'file')} of ${visible(name)} changed since it was installed`
  page.line(
    `  ${page.styles.warn('modified')}  ${text}: ${files.map(visible).join(', ')}${more > 0 ? ` … and ${more} more` : ''}`,
  )
}
