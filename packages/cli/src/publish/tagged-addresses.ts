/**
 * What is published names the repository that the tags are pushed to: a job was recorded with the remote of its time, which may be another, or none.
 */
import { createHash } from 'node:crypto'
import type { PublishedJob } from '@roar/core'
import type { Audit } from './audit.ts'
import type { Prepared } from './publication.ts'
import { Secrets } from './secrets.ts'

/** By commit. */
type Addresses = ReadonlyMap<string, string>

export function withAddresses(
  prepared: Prepared,
  tagged: Addresses,
  rules: ConstructorParameters<typeof Secrets>[0],
): Prepared {
  const { publication, audit } = prepared
  const secrets = new Secrets(rules)
  const clean = [...tagged].map(([commit, url]) => [commit, secrets.text('address of a repository', url)] as const)
  const addresses = new Map(clean.filter(([commit, url]) => !isRecorded(audit, commit, url)))
  if (addresses.size === 0) return prepared
  return {
    ...prepared,
    audit: { ...audit, repositories: repositoriesAt(audit, addresses) },
    publication: {
      ...publication,
      // What is sent follows from what was recorded and from these.
      id: createHash('sha256')
        .update(JSON.stringify([publication.id, ...addresses]))
        .digest('hex'),
      git: moved(publication.git, addresses),
      jobs: () => movedJobs(publication.jobs(), addresses),
    },
  }
}

/** Every job of this commit was recorded with this address. */
const isRecorded = ({ repositories }: Audit, commit: string, url: string): boolean =>
  repositories.every(({ repository, commits }) => repository === url || !commits.includes(commit))

function moved<G extends { repository: string | null; commit: string | null }>(git: G, addresses: Addresses): G {
  const repository = addresses.get(git.commit ?? '')
  return repository === undefined ? git : { ...git, repository }
}

async function* movedJobs(jobs: Iterable<PublishedJob> | AsyncIterable<PublishedJob>, addresses: Addresses) {
  for await (const job of jobs) yield { ...job, git: job.git && moved(job.git, addresses) }
}

function repositoriesAt({ repositories }: Audit, addresses: Addresses): Audit['repositories'] {
  return repositories.flatMap((one) => {
    const kept = one.commits.filter((commit) => !addresses.has(commit))
    const gone = one.commits.flatMap((commit) => {
      const repository = addresses.get(commit)
      return repository === undefined ? [] : [{ ...one, repository, commits: [commit] }]
    })
    return kept.length === 0 ? gone : [{ ...one, commits: kept }, ...gone]
  })
}
