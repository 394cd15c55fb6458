/** An artifact for people: its digests, where it lies, who made it and who used it. */
import type { ArtifactBody, ArtifactDocument, FindDocument, UseBody } from '@roar/core'
import { shellWords, visible } from '../escape.ts'
import { count, localTime, size } from '../humane.ts'
import type { Page } from '../page.ts'

export const artifactView = (page: Page, document: ArtifactDocument): void => artifactBody(page, document.artifact)

export function findView(page: Page, { matches, members }: FindDocument): void {
  for (const one of members) page.line(`${page.styles.faint('member')} ${visible(one.path)} of`)
  for (const [index, artifact] of matches.entries()) {
    if (index > 0) page.line()
    artifactBody(page, artifact)
  }
}

function artifactBody(page: Page, artifact: ArtifactBody): void {
  const [first] = artifact.locations
  const named = artifact.asked ?? first
  page.line(page.styles.heading(named ? visible(named.path) : 'artifact'))
  const doubt = doubts[artifact.asked?.on_disk ?? 'present']
  if (doubt) page.field('on disk', page.styles.warn(doubt))
  page.field(
    'kind',
    artifact.kind === 'composite'
      ? `composite: ${visible(artifact.format ?? '')}, ${count(artifact.members ?? 0, 'member')}`
      : 'file',
  )
  page.field(
    'size',
    artifact.size === null
      ? 'unknown'
      : `${size(artifact.size)}${artifact.size < 1000 ? '' : ` (${artifact.size} bytes)`}`,
  )
  for (const [name, hex] of Object.entries(artifact.digests)) {
    const claim = artifact.claims[name] ?? 'verified'
    page.field(name, claim === 'verified' ? hex : `${hex} ${page.styles.warn(`(${claim})`)}`)
  }
  if (Object.keys(artifact.digests).length === 0)
    page.field('digest', page.styles.warn('none: its bytes could not be hashed'))
  page.field('first seen', localTime(artifact.first_seen))
  section(
    page,
    'locations',
    artifact.locations.map((one) =>
      [visible(one.path), page.styles.faint(objectText(one))].slice(0, objectText(one) === '' ? 1 : 2),
    ),
  )
  section(
    page,
    'produced by',
    artifact.produced_by.map((use) => useCells(page, use)),
  )
  section(
    page,
    'used by',
    artifact.consumed_by.map((use) => useCells(page, use)),
  )
  if (artifact.reproductions.length === 0) return
  section(
    page,
    'made again',
    artifact.reproductions.map(({ at, by, verdict, difference }) => [
      page.styles.faint(localTime(at)),
      verdict,
      visible(`${by.user}@${by.hostname}`),
      page.styles.faint(visible(difference ?? '')),
    ]),
  )
}

/** What is told below belongs to the content that was recorded, and not to what lies there now. */
const doubts: Readonly<Record<string, string>> = {
  changed: 'changed since; this is what was recorded last',
  missing: 'not there any more; this is what was recorded last',
}

/** What a store says of its object. */
function objectText(location: ArtifactBody['locations'][number]): string {
  if (!('etag' in location)) return ''
  const { etag, version_id, endpoint } = location
  const facts = { etag, version: version_id, at: endpoint }
  return Object.entries(facts)
    .flatMap(([name, value]) => (value === null ? [] : [`${name} ${visible(value)}`]))
    .join(', ')
}

function section(page: Page, title: string, rows: readonly (readonly string[])[]): void {
  page.heading(`${title} (${rows.length})`)
  page.list(rows, 'entries', 10)
}

const useCells = (page: Page, use: UseBody): string[] => [
  page.styles.step(use.step),
  page.styles.faint(use.job),
  localTime(use.at),
  visible(use.path),
  page.styles.faint(shellWords(use.argv)),
]
