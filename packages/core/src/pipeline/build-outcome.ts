/** From the fold to the record: classify, hash, name who vouches for the inputs. */
import type { BytePath } from '../byte-path.ts'
import type { ClassifiedFile, ClassifiedJob, Classifier } from '../classify/classified.ts'
import { classify, keeper } from '../classify/classify.ts'
import { upToDate } from '../classify/up-to-date.ts'
import { type ComposedJob, composeJob } from '../composite/composites-of.ts'
import type { FormOptions, UsesAt } from '../composite/formed.ts'
import type { DigestLedger } from '../hash/digest-ledger.ts'
import { resolveDigests } from '../hash/resolve-digests.ts'
import { type Filtered, type JobOutcome, noneFiltered, type PackageUse } from '../model.ts'
import type { ObservedJob } from '../observe/observed.ts'
import { settleObserved } from '../observe/settle-observed.ts'
import type { HashProgress, Progress, RunServices } from '../ports.ts'
import { describeEnvironment, foldersOf } from './describe-environment.ts'
import { edgesOf } from './edges.ts'
import { interpretersOf } from './interpreters.ts'
import { notesOf, statusOf, tracerOf, withRootExit } from './observed-end.ts'
import { lockFilesOf, withModified } from './package-files.ts'
import { relativeTo } from './relative-path.ts'
import type { Finished, RunRequest } from './run-request.ts'

type OutcomeRequest = Pick<
  RunRequest,
  'workspaceRoot' | 'git' | 'algorithms' | 'hashInputs' | 'untouchedBytes' | 'tracer' | 'abort' | 'interrupted'
> & { readonly command: Pick<RunRequest['command'], 'env'> }

export async function buildOutcome(
  services: Omit<RunServices, 'launch'>,
  asked: Classifier,
  request: OutcomeRequest,
  finished: Finished,
  report: (progress: Progress) => void,
): Promise<JobOutcome> {
  const { clock } = services
  const endedAt = clock.now()
  const t0 = clock.monotonic()
  const { observed, sorted, classifier } = await sortObserved(services, asked, finished)
  const t1 = clock.monotonic()
  report({ phase: 'classified', inputs: sorted.inputs.length, outputs: sorted.outputs.length })
  const options = {
    algorithms: request.algorithms,
    hashInputs: request.hashInputs,
    untouchedBytes: request.untouchedBytes ?? Number.POSITIVE_INFINITY,
    signal: request.abort,
    onProgress: (progress: HashProgress) => report({ phase: 'hashing', progress }),
  }
  const usesAt = (path: BytePath) => services.store.artifactsAtPath(relativeTo(request.workspaceRoot, path))
  const composed = await compose(sorted, services, usesAt, classifier, finished.ledger, options)
  const digests = await resolveDigests(composed.inputs, composed.outputs, finished.ledger, services.hashes, options)
  const committed = await committedPaths(services, request, sorted)
  const packages = await withModified(sorted.packages, sorted.recorded, services.packageFiles, request.abort)
  const extras = await packageExtras(services, classifier, request, observed, packages)
  const t2 = clock.monotonic()
  return {
    status: statusOf(finished.trace, request),
    endedAt,
    durationMs: Math.round(finished.timings.child),
    exit: finished.trace.exit,
    tracer: tracerOf(request, finished.trace, observed.movedUnseen ?? 0),
    ...edgesOf(request.workspaceRoot, composed, digests, committed),
    deleted: sorted.deleted.map((path) => relativeTo(request.workspaceRoot, path)),
    packages,
    ...extras,
    environment: await describeEnvironment(services, request, observed, sorted, finished.startedAt),
    processes: withRootExit(observed, finished.trace),
    filtered: filteredOf(sorted),
    timings: {
      setup: round(finished.timings.setup),
      child: round(finished.timings.child),
      observe: round(t1 - t0),
      hash: round(t2 - t1),
      record: 0,
    },
    stillRunning: finished.trace.stillRunning,
    notes: [...notesOf(finished.trace), ...composed.notes],
  }
}

/** A function of its own, so that a hundred thousand outputs are in memory once, as they are classified. */
async function sortObserved(
  { files }: Pick<RunServices, 'files'>,
  asked: Classifier,
  { fold }: Finished,
): Promise<{
  readonly observed: Omit<ObservedJob, 'outputs'>
  readonly sorted: ClassifiedJob
  readonly classifier: Classifier
}> {
  const { outputs, ...observed } = settleObserved(fold.result(), files)
  const job = { ...observed, outputs }
  const classifier = await upToDate(asked, job)
  return { observed, sorted: await classify(job, classifier, files), classifier }
}

async function packageExtras(
  { hashes }: Pick<RunServices, 'hashes'>,
  classifier: Classifier,
  { workspaceRoot, algorithms }: OutcomeRequest,
  { processes, inputs }: Pick<ObservedJob, 'processes' | 'inputs'>,
  packages: readonly PackageUse[],
): Promise<Pick<JobOutcome, 'lockFiles' | 'interpreters'>> {
  const search = {
    root: workspaceRoot,
    folders: foldersOf(processes),
    inputs: inputs.map(({ path }) => path),
    keeps: keeper(classifier),
  }
  const locks = await lockFilesOf(packages, classifier.detectors, classifier.probe, search, hashes, algorithms)
  return {
    lockFiles: locks.map((one) => ({ ...one, path: relativeTo(workspaceRoot, one.path) })),
    interpreters: await interpretersOf(processes, hashes, algorithms),
  }
}

/** Nearly all jobs touch none: they do not pay for it. */
async function compose(
  sorted: ClassifiedJob,
  services: Pick<RunServices, 'composites' | 'hashes'>,
  usesAt: UsesAt,
  classifier: Classifier,
  ledger: DigestLedger,
  options: FormOptions,
): Promise<ComposedJob> {
  const touches = (file: ClassifiedFile): boolean => file.composite !== undefined
  const moves = sorted.deletions.size + sorted.links.size
  if (moves === 0 && !sorted.inputs.some(touches) && !sorted.outputs.some(touches))
    return { ...sorted, compositeInputs: [], compositeOutputs: [], notes: [] }
  return composeJob(sorted, services, usesAt, classifier, ledger, options)
}

const round = (ms: number): number => Math.round(ms * 10) / 10

async function committedPaths(
  services: Pick<RunServices, 'git'>,
  request: OutcomeRequest,
  sorted: ClassifiedJob,
): Promise<ReadonlySet<BytePath>> {
  if (!request.git?.commit || sorted.inputs.length === 0) return new Set()
  return services.git.committed(
    request.git,
    sorted.inputs.map((file) => file.path),
  )
}

function filteredOf(sorted: ClassifiedJob): Filtered {
  const counts = noneFiltered()
  for (const { category } of sorted.dropped) counts[category]++
  return { counts, paths: sorted.dropped }
}
