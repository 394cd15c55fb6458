/** Runs one case: bare, then under a back end, and says what differs from what the case states about itself. */
import { spawn } from 'node:child_process'
import type { ExitStatus, StartedProcess, StartRequest, TraceEvent, TracerBackend } from '@roar/core'
import type { BuiltCase } from './build.ts'
import type { CaseFile, Duty } from './case-file.ts'
import { compareFacts, compareJob, isEqual } from './compare.ts'
import { type Expectation, type ExpectedFact, parseExpectation } from './expectation.ts'
import { factsOf, recordsNaming } from './facts.ts'
import { jobLines } from './job-lines.ts'
import { livesOn } from './lives-on.ts'
import { nameProblems } from './names.ts'
import { processProblems } from './processes.ts'
import type { Setting, Stage } from './setting.ts'
import { printedTo, withStreams } from './standard-streams.ts'

/** How a program ended, and what it printed. */
export interface Behaviour {
  readonly exit: ExitStatus
  readonly stdout: string
  readonly stderr: string
}

/** `declared`: not seen, and announced by a gap code that the case accepts. */
export type Verdict =
  | { readonly verdict: 'passed' }
  | { readonly verdict: 'declared'; readonly gaps: readonly string[]; readonly problems: readonly string[] }
  | { readonly verdict: 'failed'; readonly problems: readonly string[] }

export interface Observation {
  readonly events: readonly TraceEvent[]
  readonly gaps: readonly string[]
  readonly lost: number
  /** Processes that the back end says live on, and those that do. */
  readonly stillRunning: readonly number[]
  readonly alive: readonly number[]
  readonly behaviour: Behaviour
}

/** A case that cannot run here ends with this code (as automake's tests do) and prints why. */
export const SKIPPED = 77

/** Starts a program without a shell; what it prints is kept. */
export function launch(
  request: StartRequest,
  { env, streams }: Pick<Setting, 'env' | 'streams'>,
): StartedProcess & { readonly behaviour: Promise<Behaviour> } {
  const merged: Record<string, string> = { ...env }
  for (const [name, value] of Object.entries(request.env)) {
    if (value === null) delete merged[name]
    else merged[name] = value
  }
  const child = withStreams(streams, (stdio) =>
    spawn(request.argv[0] as string, request.argv.slice(1), { cwd: request.cwd, env: merged, stdio }),
  )
  const printed = { stdout: '', stderr: '' }
  child.stdout?.on('data', (bytes: Buffer) => (printed.stdout += bytes.toString('latin1')))
  child.stderr?.on('data', (bytes: Buffer) => (printed.stderr += bytes.toString('latin1')))
  const ended = (event: 'exit' | 'close') =>
    new Promise<ExitStatus>((resolve, reject) => {
      child.once('error', reject)
      child.once(event, (code, signal) => resolve({ exitCode: code, signal }))
    })
  const exited = ended('exit')
  // 'close' waits for everyone who holds the pipes: a daemon that a case leaves behind must close them.
  const behaviour = ended('close').then((exit) => ({
    exit,
    stdout: printed.stdout + printedTo(streams),
    stderr: printed.stderr,
  }))
  return { pid: child.pid as number, exited, behaviour }
}

export async function runBare(setting: Setting): Promise<Behaviour> {
  return launch({ argv: setting.argv, cwd: setting.scratch, env: {} }, setting).behaviour
}

/** One run under a back end. */
export async function observe(tracer: TracerBackend, setting: Setting): Promise<Observation> {
  const command = { argv: setting.argv, cwd: setting.scratch, env: setting.env, runDirectory: setting.runDirectory }
  const preflight = await tracer.preflight(command)
  const events: TraceEvent[] = []
  let started: ReturnType<typeof launch> | undefined
  const outcome = await tracer.trace(command, {
    start: async (request) => {
      started = launch(request, setting)
      return started
    },
    events: (batch) => {
      for (const event of batch) events.push(event)
    },
  })
  const alive = parseExpectation(setting.said()).still.filter(livesOn)
  if (!started) throw new Error(`${tracer.name} reported an outcome without starting the command`)
  const announced = events.flatMap((event) => (event.type === 'gap' ? [event.code] : []))
  const gaps = [...(preflight.gaps ?? []), ...outcome.gaps].map((gap) => gap.code)
  return {
    events,
    gaps: [...new Set([...gaps, ...announced])],
    lost: outcome.lost,
    stillRunning: outcome.stillRunning,
    alive,
    behaviour: await started.behaviour,
  }
}

/** Everything a back end can get wrong in a case, one sentence each. */
export function judge(one: CaseFile, duty: Duty, setting: Setting, bare: Behaviour, seen: Observation): Verdict {
  const expected = parseExpectation(setting.said())
  const scratch = Buffer.from(setting.scratch).toString('latin1')
  const roots = [{ name: '', path: scratch }, ...expected.roots]
  const owed = expected.facts.map(excused(seen.stillRunning))
  const facts = compareFacts(owed, factsOf(seen.events, roots))
  const job = compareJob(expected.job, jobLines(seen.events, roots))
  const wrong = [
    ...behaviourProblems(bare, seen.behaviour),
    ...facts.extra.map((fact) => `reported but not done: ${fact}`),
    ...limitProblems(expected, seen.events, scratch),
    ...stillProblems(expected, seen),
    ...nameProblems(seen.events),
    ...(seen.lost ? [`${seen.lost} events lost`] : []),
  ]
  const unseen = [
    ...processProblems(expected, seen.events),
    ...facts.missing.map((fact) => `done but not reported: ${fact}`),
    ...(isEqual(facts)
      ? [...job.missing.map((line) => `missing: ${line}`), ...job.extra.map((line) => `wrong: ${line}`)]
      : []),
  ]
  const accepted = seen.gaps.filter((code) => one.gaps.includes(code))
  if (wrong.length === 0 && unseen.length === 0) return falseAlarm(duty, seen.gaps)
  if (wrong.length === 0 && duty !== 'Y' && accepted.length)
    return { verdict: 'declared', gaps: accepted, problems: unseen }
  const declared = seen.gaps.length ? [`gaps declared: ${seen.gaps.join(', ')}`] : []
  return { verdict: 'failed', problems: [...wrong, ...unseen, ...declared] }
}

/** A case that must be seen is complete: a gap there would make people distrust a true record. */
const falseAlarm = (duty: Duty, gaps: readonly string[]): Verdict =>
  duty === 'Y' && gaps.length
    ? { verdict: 'failed', problems: [`everything was seen, yet a gap was declared: ${gaps.join(', ')}`] }
    : { verdict: 'passed' }

function behaviourProblems(bare: Behaviour, traced: Behaviour): string[] {
  const problems: string[] = []
  const [before, after] = [bare.exit, traced.exit].map((exit) => exit.signal ?? `code ${exit.exitCode}`)
  if (before !== after) problems.push(`ended with ${after} instead of ${before}`)
  for (const stream of ['stdout', 'stderr'] as const) {
    if (bare[stream] !== traced[stream])
      problems.push(`${stream} is ${JSON.stringify(traced[stream])} instead of ${JSON.stringify(bare[stream])}`)
  }
  return problems
}

/** Of a process that is announced as living on, nothing more is owed. */
const excused =
  (stillRunning: readonly number[]) =>
  (fact: ExpectedFact): ExpectedFact =>
    fact.pid !== null && stillRunning.includes(fact.pid) ? { ...fact, optional: true } : fact

function stillProblems(expected: Expectation, { stillRunning, alive }: Observation): string[] {
  const hidden = alive.filter((pid) => !stillRunning.includes(pid))
  const invented = stillRunning.filter((pid) => !expected.still.includes(pid))
  return [
    ...hidden.map((pid) => `${pid} lives on, and is not reported as still running`),
    ...invented.map((pid) => `${pid} is reported as still running`),
  ]
}

const limitProblems = (expected: Expectation, events: readonly TraceEvent[], scratch: string): string[] =>
  expected.limits.flatMap(({ most, path }) => {
    const records = recordsNaming(events, `${scratch}/${path}`)
    return records > most ? [`${records} records name ${path}, at most ${most} are worth sending`] : []
  })

/** Sets the stage anew for each part: a bare run for comparison, and as many traced ones as asked for, until one fails. */
export async function runCase(
  stage: Stage,
  one: CaseFile,
  built: BuiltCase,
  tracer: TracerBackend,
  duty: Duty,
  repeat: number,
): Promise<Verdict | { readonly verdict: 'skipped'; readonly reason: string }> {
  const bare = await runBare(stage.set(one, built))
  if (bare.exit.exitCode === SKIPPED) return { verdict: 'skipped', reason: bare.stdout.trim() }
  if (bare.exit.exitCode !== 0 && !one.needs.includes('failure')) {
    return {
      verdict: 'failed',
      problems: [`the bare program failed: ${bare.exit.signal ?? bare.exit.exitCode} ${bare.stderr}`],
    }
  }
  let verdict: Verdict = { verdict: 'passed' }
  for (let round = 1; round <= repeat; round++) {
    const setting = stage.set(one, built)
    const judged = judge(one, duty, setting, bare, await observe(tracer, setting))
    if (judged.verdict === 'failed')
      return { ...judged, problems: [`in round ${round} of ${repeat}`, ...judged.problems] }
    // One round that was not seen is enough for the case not to count as seen.
    if (judged.verdict === 'declared') verdict = judged
  }
  return verdict
}
