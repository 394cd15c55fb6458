/** A job is named by what it was: the same execution told twice, alone or inside a larger lineage, is one job. */
import type { JobClaim, Role } from '../api/index.ts'
import { jobId, type Realm, sessionHash } from '../realm/realm.ts'

export interface IdentityEdge {
  readonly role: Role
  /** `algorithm:digest`, or empty. */
  readonly digest: string
  readonly path: string
}

/** Older clients derive a job's name from the lineage that it is published in: 32 digits, another in each. It cannot count. */
const namedByLineage = /^[0-9a-f]{32}$/

export function identifyJob(realm: Realm, job: JobClaim, edges: readonly IdentityEdge[], inside = ''): Buffer {
  const sorted = edges.map((edge) => [edge.role, edge.digest, edge.path]).sort(byParts)
  const uid = inside !== '' || !namedByLineage.test(job.job_uid) ? job.job_uid : ''
  const content = [
    1,
    inside,
    uid,
    job.argv ?? job.command,
    job.cwd ?? '',
    job.git_repo ?? '',
    job.git_commit ?? '',
    job.job_type ?? 'run',
    job.timestamp,
    job.duration_seconds ?? null,
    job.exit_code ?? null,
    job.signal ?? null,
    sorted,
  ]
  return jobId(realm, JSON.stringify(content))
}

function byParts(a: readonly string[], b: readonly string[]): number {
  for (const [at, part] of a.entries()) {
    const other = b[at] as string
    if (part !== other) return part < other ? -1 : 1
  }
  return 0
}

/** A session is named by its jobs, its scope, who registers it, and the commit. */
export function identifySession(
  realm: Realm,
  session: { scope: string; account: string | null; git: readonly (string | null)[]; jobs: readonly Buffer[] },
): Buffer {
  const jobs = session.jobs.map((id) => id.toString('hex')).sort()
  return sessionHash(realm, JSON.stringify([1, session.scope, session.account, session.git, jobs]))
}
