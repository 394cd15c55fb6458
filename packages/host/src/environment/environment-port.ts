/** What is recorded of the machine and of the environment. */
import { readdirSync, readFileSync } from 'node:fs'
import { arch, availableParallelism, cpus, hostname, release, totalmem, type } from 'node:os'
import type { EnvironmentPort, EnvironmentRecord } from '@roar/core'
import type { Config } from '../config/config.ts'
import { anyPattern, createRedaction } from './redaction.ts'

type Env = Readonly<Record<string, string | undefined>>

export function createEnvironmentPort(config: Pick<Config, 'get'>): EnvironmentPort {
  const isRecorded = anyPattern(config.get('env.record'))
  const redaction = createRedaction({ names: config.get('redact.names'), keep: config.get('redact.keep') })
  const variables = (env: Env): Record<string, string> => {
    const recorded = Object.entries(env).filter(([name, value]) => value !== undefined && isRecorded(name))
    return Object.fromEntries(
      recorded.sort(byName).map(([name, value]) => [name, redaction.value(name, value as string)]),
    )
  }
  return { describe: (env) => ({ ...describeMachine(), variables: variables(env) }) }
}

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1)

export const describeMachine = (): Omit<EnvironmentRecord, 'variables'> => ({
  os: [distribution(), `${type()} ${release()}`].filter((one) => one !== null).join(', '),
  hardware: [arch(), processors(), `${gibibytes(totalmem())} GiB`, ...graphics()].join(', '),
  runtime: `Node.js ${process.versions.node}`,
  hostname: hostname(),
})

/** https://www.freedesktop.org/software/systemd/man/latest/os-release.html */
function distribution(): string | null {
  return /^PRETTY_NAME=(["']?)(.*)\1$/m.exec(read('/etc/os-release'))?.[2] ?? null
}

/** Those that this process may use: a container or a batch system often gives fewer than there are. */
function processors(): string {
  const model = cpus()[0]?.model.trim().replace(/\s+/g, ' ') ?? ''
  const count = `${availableParallelism()} CPUs`
  return model === '' || model === 'unknown' ? count : `${count} (${model})`
}

const gibibytes = (bytes: number): number => Math.round((bytes / 2 ** 30) * 10) / 10

/** As the NVIDIA driver names them; asking `nvidia-smi` would take a second. */
function graphics(): readonly string[] {
  const models = new Map<string, number>()
  for (const card of names('/proc/driver/nvidia/gpus')) {
    const model = /^Model:\s*(.*)$/m.exec(read(`/proc/driver/nvidia/gpus/${card}/information`))?.[1] ?? 'NVIDIA GPU'
    models.set(model, (models.get(model) ?? 0) + 1)
  }
  return [...models].map(([model, count]) => (count === 1 ? model : `${count} × ${model}`))
}

function names(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
