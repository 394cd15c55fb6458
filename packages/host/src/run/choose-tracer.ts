/** Which back end observes this command, and why. */
import { existsSync } from 'node:fs'
import type { ChosenTracer, Command, Preflight, TracerBackend } from '@roar/core'
import { RoarError } from '@roar/core'

export interface TracerCandidates {
  /** Names of every active back end. */
  readonly names: readonly string[]
  load(name: string): Promise<TracerBackend>
  /** Of a daemon that it needs (see the manifest); empty where it needs none. */
  sockets?(name: string): readonly string[]
}

export interface TracerChoice {
  /** A name, or `auto`. */
  readonly wanted: string
  readonly fallback: boolean
}

interface Refusal {
  readonly name: string
  readonly preflight: Preflight
}

/** What costs least comes first; what of this command it would not see passes the turn to the next. */
const preference = ['ebpf', 'hybrid', 'preload', 'ptrace']

export async function chooseTracer(
  candidates: TracerCandidates,
  choice: TracerChoice,
  command: Command,
): Promise<ChosenTracer> {
  const refused: Refusal[] = []
  let partial: ChosenTracer | undefined
  let harmful: ChosenTracer | undefined
  const order = [...orderFor(candidates.names, choice)]
  const waiting = new Set<string>()
  // Grows: what would have to load something first is put off until the others have refused.
  for (const name of order) {
    const mayWait = choice.wanted !== name && !waiting.has(name)
    const tracer = mayWait && isAbsent(candidates.sockets?.(name)) ? null : await candidates.load(name)
    if (!tracer || (mayWait && tracer.isWarm?.() === false)) {
      order.push(name)
      waiting.add(name)
      continue
    }
    const preflight = await tracer.preflight(command)
    const { harm } = preflight
    const chosen = { tracer, reason: reasonFor(name, choice, refused), ...(harm !== undefined && { harm }) }
    const isWhole = !preflight.gaps?.length && preflight.harm === undefined
    if (preflight.ok && (choice.wanted === name || isWhole)) return chosen
    if (preflight.ok && preflight.harm === undefined) partial ??= chosen
    else if (preflight.ok) harmful ??= chosen
    refused.push({ name, preflight })
  }
  // The programs come before the record of them.
  const found = partial ?? harmful
  if (found) return found
  throw noneReady(choice, refused)
}

/** Its daemon is nowhere: a look at the disk, before anything of it is loaded. */
const isAbsent = (sockets: readonly string[] = []): boolean =>
  sockets.length > 0 && !sockets.some((path) => existsSync(path.replace('%U', String(process.getuid?.() ?? 0))))

function orderFor(names: readonly string[], choice: TracerChoice): readonly string[] {
  const ranked = [...names].sort((a, b) => rank(a) - rank(b))
  if (choice.wanted === 'auto') return ranked
  if (!names.includes(choice.wanted)) throw unknownTracer(choice.wanted, names)
  return choice.fallback ? [choice.wanted, ...ranked.filter((name) => name !== choice.wanted)] : [choice.wanted]
}

const rank = (name: string): number => (preference.includes(name) ? preference.indexOf(name) : preference.length)

function reasonFor(name: string, choice: TracerChoice, refused: readonly Refusal[]): string {
  const without = refused.map((one) => `${one.name}: ${one.preflight.summary}`).join('; ')
  const asked = choice.wanted === name ? 'asked for' : choice.wanted === 'auto' ? 'auto' : `instead of ${choice.wanted}`
  return without ? `${asked} (${without})` : asked
}

function unknownTracer(wanted: string, names: readonly string[]): RoarError {
  return new RoarError('ROAR_TRACER_UNKNOWN', `there is no tracer named ${wanted}`, {
    cause: `Active back ends: ${names.join(', ') || 'none'}.`,
    remedy: ['roar tracer', ...names.map((name) => `roar run --tracer ${name} …`)],
    exitCode: 125,
  })
}

function noneReady(choice: TracerChoice, refused: readonly Refusal[]): RoarError {
  const failed = refused.flatMap(({ name, preflight }) =>
    preflight.checks
      .filter((check) => !check.ok)
      .map((check) => ({ line: `${name}: ${check.name}: ${check.detail}`, remedy: check.remedy })),
  )
  return new RoarError(
    'ROAR_TRACER_NOT_READY',
    choice.wanted === 'auto'
      ? 'no tracer can observe this command here'
      : `the tracer ${choice.wanted} cannot observe this command here`,
    {
      cause: failed.map((one) => one.line).join('\n') || 'No back end is active.',
      remedy: [...failed.flatMap((one) => (one.remedy ? [one.remedy] : [])), 'roar tracer'],
      exitCode: 125,
    },
  )
}
