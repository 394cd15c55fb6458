/** What is recorded of the machine and of the environment. */
import { arch, availableParallelism, hostname, release, totalmem, type } from 'node:os'
import type { EnvironmentPort, EnvironmentRecord } from '@roar/core'
import type { Config } from '../config/config.ts'
import { commitment, commitmentKey } from './commitments.ts'
import { type Facts, factSource } from './fact-source.ts'
import { machineFacts } from './machine-facts.ts'
import { processFacts } from './process-facts.ts'
import { anyPattern, createRedaction, type Redaction } from './redaction.ts'
import { schedulerFacts } from './scheduler-facts.ts'

type Env = Readonly<Record<string, string | undefined>>

export interface EnvironmentPlaces {
  /** The key of the commitments; null: none are made. */
  readonly commitmentKey: string | null
  /** A folder in which the facts of the machine are kept; null: they are looked up each time. */
  readonly cache: string | null
  /** What is known of the standard streams of the command; they may be gone once it runs. */
  readonly streams?: Facts
}

type Settings = Pick<Config, 'get'> & Partial<Pick<Config, 'variables'>>

/** A secret that somebody wrote among the workspace's variables is known again like one of the shell's. */
export const redactionOf = (config: Settings, env: Env): Redaction =>
  createRedaction({
    names: config.get('redact.names'),
    keep: config.get('redact.keep'),
    env: { ...env, ...Object.fromEntries((config.variables ?? []).map(({ name, value }) => [name, value])) },
  })

export function createEnvironmentPort(
  config: Settings,
  places: EnvironmentPlaces = { commitmentKey: null, cache: null },
): EnvironmentPort {
  // What was set for the commands of a workspace is set because it matters.
  const recorded = [...config.get('env.record'), ...(config.variables ?? []).map((one) => one.name)]
  const describe = async (env: Env): Promise<EnvironmentRecord> => {
    const redaction = redactionOf(config, env)
    const machine = await machineFacts(factSource(env), places.cache, (value) => redaction.text(value))
    const own = { ...processFacts(factSource(env)), ...schedulerFacts(env), ...places.streams }
    const clean = Object.entries(own).map(([name, value]) => [name, redaction.text(value)] as const)
    const facts = { ...machine, ...Object.fromEntries(clean) }
    const { variables, others } = sortedVariables(env, anyPattern(recorded), redaction)
    const commitments = commitmentsOf(others, places.commitmentKey)
    return { ...summaryOf(facts), variables, facts, commitments }
  }
  let prepared: { readonly env: Env; readonly record: Promise<EnvironmentRecord> } | null = null
  return {
    prepare: (env) => {
      prepared = { env, record: describe(env) }
      // Awaited behind the child; until then its failure is nobody's news.
      prepared.record.catch(() => undefined)
    },
    describe: (env) => (prepared?.env === env ? prepared.record : describe(env)),
  }
}

/** Those that are recorded with their values, and all others: a secret among the recorded ones is one of these, too. */
function sortedVariables(env: Env, isRecorded: (name: string) => boolean, redaction: Redaction) {
  const variables: Record<string, string> = {}
  const others: [string, string][] = []
  for (const [name, value] of Object.entries(env).sort(byName)) {
    if (value === undefined) continue
    const shown = isRecorded(name) ? redaction.value(name, value) : null
    if (shown !== null) variables[name] = shown
    if (shown !== value) others.push([name, value])
  }
  return { variables, others }
}

/** The shell's own accounts: they differ from one command to the next. */
const passing = new Set(['_', 'SHLVL', 'OLDPWD', 'COLUMNS', 'LINES'])

function commitmentsOf(others: readonly (readonly [string, string])[], file: string | null): Facts {
  const key = file === null || others.length === 0 ? null : commitmentKey(file)
  if (key === null) return {}
  const kept = others.filter(([name]) => !passing.has(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, commitment(key, name, value)]))
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)

/** In a line each, for people. */
function summaryOf(facts: Facts): Omit<EnvironmentRecord, 'variables' | 'facts' | 'commitments'> {
  const model = facts['cpu.model'] === 'unknown' ? undefined : facts['cpu.model']
  // Those that this process may use: a container or a batch system often gives fewer than there are.
  const processors = `${availableParallelism()} CPUs${model ? ` (${model})` : ''}`
  return {
    os: [facts['os.name'], `${type()} ${release()}`].filter(Boolean).join(', '),
    hardware: [arch(), processors, `${gibibytes(totalmem())} GiB`, ...graphics(facts)].join(', '),
    runtime: `Node.js ${process.versions.node}`,
    hostname: hostname(),
  }
}

const gibibytes = (bytes: number): number => Math.round((bytes / 2 ** 30) * 10) / 10

function graphics(facts: Facts): readonly string[] {
  const models = new Map<string, number>()
  for (let i = 0; facts[`gpu.${i}.model`] !== undefined; i++) {
    const model = facts[`gpu.${i}.model`] as string
    models.set(model, (models.get(model) ?? 0) + 1)
  }
  return [...models].map(([model, count]) => (count === 1 ? model : `${count} × ${model}`))
}
