import type { Classifier } from '../classify/classified.ts'
import { isKept } from '../classify/classify.ts'
import type { TraceEvent, TraceSink } from '../contracts.ts'
import { DigestLedger } from '../hash/digest-ledger.ts'
import { EarlyHashing } from '../hash/held-files.ts'
import { QuietOutputs } from '../hash/quiet-outputs.ts'
import type { JobStart } from '../model.ts'
import { JobFold } from '../observe/fold.ts'
import type { Progress, RunServices } from '../ports.ts'
import { buildOutcome } from './build-outcome.ts'
import type { Finished, RunRequest, RunResult } from './run-request.ts'

/**
 * When the child could not be started the write-ahead row is taken back; whatever fails behind its start leaves the row, and the next run records from the log
 * what became of it. `prepare` is called once the child runs: what is needed only behind it
 * is loaded beside it.
 */
export async function runJob(
  services: RunServices,
  prepare: () => Promise<Classifier>,
  request: RunRequest,
  report: (progress: Progress) => void,
): Promise<RunResult> {
  const begun = services.clock.monotonic()
  const handle = await services.store.beginJob(jobStart(services, request))
  let runs = false
  const follow = (progress: Progress): void => {
    runs ||= progress.phase === 'started'
    report(progress)
  }
  const observing = () =>
    observe(services, prepare, request, follow, begun).catch(async (error: unknown) => {
      if (!runs) await services.store.abandonJob(handle.uid)
      throw error
    })
  const { outcome, exit } = await conclude(services, observing, request, report)
  report({ phase: 'hashed' })
  await services.store.finishJob(handle.uid, outcome)
  report({ phase: 'recorded', uid: handle.uid })
  return { handle, outcome, exit }
}

/** A function of its own, so that what was observed is no longer in memory when it is written down. */
async function conclude(
  services: RunServices,
  observing: () => Promise<Observed>,
  request: RunRequest,
  report: (progress: Progress) => void,
): Promise<Pick<RunResult, 'outcome' | 'exit'>> {
  const finished = await observing()
  const outcome = await buildOutcome(services, await finished.classifier, request, finished, report)
  return { outcome, exit: finished.trace.exit }
}

type Observed = Finished & { readonly classifier: Promise<Classifier> }

async function observe(
  services: RunServices,
  prepare: () => Promise<Classifier>,
  request: RunRequest,
  report: (progress: Progress) => void,
  begun: number,
): Promise<Observed> {
  const { tracer, reason } = request.tracer
  const startedAt = services.clock.now()
  const fold = new JobFold(tracer.name)
  const ledger = new DigestLedger()
  const early = new EarlyHashing(services.hashes, ledger, request.algorithms, request.hold, services.files.shareBytes)
  const quiet = new QuietOutputs(fold, services.files, services.clock, early)
  let started = begun
  let classifier: Promise<Classifier> | null = null
  const offerFresh = async (): Promise<void> => {
    const fresh = fold.takeFreshInputs()
    if (fresh.length === 0 || classifier === null) return
    // The system's own libraries are inputs too, until somebody says that they are not worth a record.
    const sorting = await classifier.catch(() => null)
    if (sorting) early.offer(fresh.filter(({ path, stamp }) => wouldKeep(path, Number(stamp.size), sorting)))
  }
  const sink: TraceSink = {
    async start(asked) {
      const child = await services.launch.start(asked)
      started = services.clock.monotonic()
      report({ phase: 'started', pid: child.pid, tracer: tracer.name, reason })
      services.environment.prepare?.(request.command.env)
      classifier = prepare()
      // Awaited behind the child; until then its failure is nobody's news.
      classifier.then(
        (sorting) => quiet.start((path, size) => wouldKeep(path, size, sorting, 'output')),
        () => undefined,
      )
      return child
    },
    events(batch) {
      receive(fold, batch)
      if (request.hashInputs) void offerFresh()
    },
    hold: async (file) => {
      if (!request.hashInputs) return
      if (fold.isInput(file.dev, file.ino)) await early.hold(file)
      else if (fold.mayBecomeInput(file.dev, file.ino)) await early.holdInCase(file)
    },
  }
  const trace = await tracer.trace(request.command, sink).finally(() => quiet.stop())
  const ended = services.clock.monotonic()
  report({ phase: 'ended', durationMs: ended - started })
  await early.settle()
  return {
    fold,
    trace,
    ledger,
    startedAt,
    timings: { setup: started - begun, child: ended - started },
    classifier: classifier ?? prepare(),
  }
}

/** Behind the child all are asked again, where somebody hears that a detector fails; here it would end the recorder. */
const wouldKeep: typeof isKept = (...asked) => {
  try {
    return isKept(...asked)
  } catch {
    return true
  }
}

function receive(fold: JobFold, batch: readonly TraceEvent[]): void {
  for (const event of batch) fold.add(event)
}

function jobStart(services: RunServices, request: RunRequest): JobStart {
  return {
    kind: request.kind,
    name: request.name,
    step: request.step,
    argv: request.command.argv,
    cwd: request.cwd,
    ...(request.streams && { streams: request.streams }),
    startedAt: services.clock.now(),
    git: request.git,
    tags: request.tags,
    traceLog: request.command.runDirectory,
    recorderPid: request.recorder.pid,
    recorderStart: request.recorder.start,
  }
}
