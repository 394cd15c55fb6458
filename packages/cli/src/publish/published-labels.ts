/** The notes and marks of what is published; marks are spread first, because what a mark came from may not be published. */
import { type AnnotationRow, type LineageStore, labelsOf, type PublishedLabels, type SpreadMark } from '@roar/core'
import { spread } from '../annotations/marks-of.ts'
import type { Collected } from './collect.ts'

export async function publishedLabels(
  store: LineageStore,
  { jobs, rows }: Collected,
  session: number | null,
): Promise<readonly PublishedLabels[]> {
  const ids = new Set(jobs.map((job) => job.id))
  const edges = rows.edges.filter((edge) => ids.has(edge.job) && edge.artifact !== null && edge.digest !== null)
  const digests = new Map(edges.map((edge) => [edge.artifact as number, edge.digest as string]))
  const marks = await spread(store, rows)
  const notes = byTarget(await store.annotations({ jobs: [...ids], artifacts: [...digests.keys()] }))
  const whole = session === null ? [] : await store.annotations({ sessions: [session] })
  return [
    ...entry('dag', labelsOf(whole), []),
    ...jobs.flatMap((job) =>
      entry({ job: job.uid }, labelsOf(notes.get(`job:${job.id}`) ?? []), marks.jobs.get(job.id)),
    ),
    ...[...digests].flatMap(([id, digest]) =>
      entry({ digest }, labelsOf(notes.get(`artifact:${id}`) ?? []), marks.artifacts.get(id)),
    ),
  ]
}

function entry(
  of: PublishedLabels['of'],
  labels: Readonly<Record<string, unknown>>,
  marks: readonly SpreadMark[] = [],
): readonly PublishedLabels[] {
  if (Object.keys(labels).length === 0 && marks.length === 0) return []
  const tag: Record<string, string[]> = {}
  for (const { name, value } of marks) tag[name] = [...(tag[name] ?? []), value].sort()
  return [{ of, labels: { ...labels, ...(marks.length > 0 && { tag }) } }]
}

function byTarget(rows: readonly AnnotationRow[]): ReadonlyMap<string, AnnotationRow[]> {
  const found = new Map<string, AnnotationRow[]>()
  for (const row of rows) {
    const key = `${row.target.of}:${row.target.id}`
    const known = found.get(key)
    if (known) known.push(row)
    else found.set(key, [row])
  }
  return found
}
