/** What was found for some words. */
import { count } from '@roar/core'
import type { Page } from '../html/frame.ts'
import { html } from '../html/html.ts'
import { artifactHeads, artifactRow, jobHeads, jobRow, nextPage, section, table } from '../html/parts.ts'
import type { ArtifactLine, Found } from '../port.ts'

export function searchPage(text: string, { artifacts, jobs }: Found): Page {
  const shown = artifacts.items.length + jobs.items.length
  // A page may end before anything was found on it, and go on all the same.
  const nothing = shown === 0 && artifacts.next === null && jobs.next === null
  return {
    title: 'Search',
    body: html`<p role="status">${nothing ? 'Nothing' : count(shown, 'match', 'matches')} for <q>${text}</q>${
      nothing && html`, or nothing that is visible to you`
    }.</p>
${artifacts.items.length > 0 && section('Artifacts', table('Artifacts', artifactHeads, artifacts.items.map(artifactRow)))}
${nextPage(artifacts.next, { q: text }, { name: 'artifacts', words: 'More artifacts' })}
${jobs.items.length > 0 && section('Jobs', table('Jobs, newest first', jobHeads, jobs.items.map(jobRow)))}
${nextPage(jobs.next, { q: text })}`,
  }
}

/** For a beginning of a digest that fits several. */
export const candidatesPage = (reference: string, candidates: readonly ArtifactLine[]): Page => ({
  title: 'Which one?',
  body: html`<p><code>${reference}</code> is the beginning of ${count(candidates.length, 'digest')}.</p>
${table('Artifacts', artifactHeads, candidates.map(artifactRow))}`,
})
