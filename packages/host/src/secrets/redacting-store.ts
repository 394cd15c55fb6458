/** A store that is never told a secret: whatever command writes a job, it comes through here before anything reaches the disk. */
import type { AnnotationChange, JobOutcome, JobStart, LineageStore } from '@roar/core'
import type { Redaction } from '../environment/redaction.ts'

export function redactingStore(store: LineageStore, redaction: Redaction): LineageStore {
  const writes: Partial<LineageStore> = {
    beginJob: (start) => store.beginJob(cleanStart(start, redaction)),
    finishJob: (uid, outcome) => store.finishJob(uid, cleanOutcome(outcome, redaction)),
    annotate: (target, changes, at) =>
      store.annotate(
        target,
        changes.map((one) => cleanChange(one, redaction)),
        at,
      ),
  }
  return new Proxy(store, {
    get(target, name) {
      const own = Reflect.get(writes, name) ?? Reflect.get(target, name, target)
      return typeof own === 'function' ? own.bind(target) : own
    },
  })
}

function cleanStart(start: JobStart, { words, text, name, value }: Redaction): JobStart {
  const { git } = start
  return {
    ...start,
    argv: words(start.argv),
    ...(start.streams && { streams: start.streams.map(text) }),
    name: start.name === null ? null : name(start.name),
    tags: Object.fromEntries(Object.entries(start.tags).map(([key, given]) => [text(key), value(key, given)])),
    git: git && {
      ...git,
      repository: git.repository === null ? null : text(git.repository),
      branch: git.branch === null ? null : name(git.branch),
    },
  }
}

/** What is taken away again is named as it stands there. */
function cleanChange(change: AnnotationChange, { text, words }: Redaction): AnnotationChange {
  if (change.change === 'unset' || change.change === 'remove') return change
  const { name, value } = change
  if (typeof value !== 'string') return { ...change, name: text(name) }
  // A label may be a column's or a step's key: as of an option, the value has to look like a secret where the name leaves it open.
  const clean = words(['label', `--${name.slice(name.lastIndexOf('.') + 1)}`, value])[2] as string
  return { ...change, name: text(name), value: clean }
}

function cleanOutcome(outcome: JobOutcome, { words, text, value }: Redaction): JobOutcome {
  const { tracer, environment } = outcome
  const gaps = tracer.coverage.gaps.map((gap) => ({ ...gap, detail: text(gap.detail) }))
  const variables = Object.entries(environment.variables).map(([name, given]) => [name, value(name, given)])
  return {
    ...outcome,
    processes: cleanProcesses(outcome.processes, words),
    notes: outcome.notes.map(text),
    tracer: { ...tracer, reason: text(tracer.reason), coverage: { ...tracer.coverage, gaps } },
    environment: { ...environment, variables: Object.fromEntries(variables) },
  }
}

/** A later one may tell by a name what stands in an earlier one without it: they are gone through again, but only where there was a secret at all. */
function cleanProcesses(processes: JobOutcome['processes'], words: Redaction['words']): JobOutcome['processes'] {
  const clean = processes.map((one) => ({ ...one, argv: words(one.argv) }))
  const tells = clean.some(({ argv }) => argv.some((word) => word.includes('<redacted:')))
  return tells ? clean.map((one) => ({ ...one, argv: words(one.argv) })) : clean
}
