/** The system's keyring, by way of `secret-tool` (libsecret). */
import { spawn } from 'node:child_process'
import { RoarError } from '@roar/core'

export type Env = Readonly<Record<string, string | undefined>>

export interface Keyring {
  get(registry: string): Promise<string | null>
  put(registry: string, secret: string): Promise<void>
  remove(registry: string): Promise<void>
}

export function keyring(env: Env): Keyring {
  const place = (registry: string) => ['service', 'roar', 'registry', registry]
  return {
    get: async (registry) => {
      const said = await secretTool(['lookup', ...place(registry)], '', env)
      return said.status === 0 && said.output !== '' ? said.output : null
    },
    put: async (registry, secret) => {
      // On standard input: a command line can be read by everybody on the machine.
      const said = await secretTool(['store', `--label=roar: ${registry}`, ...place(registry)], secret, env)
      if (said.status !== 0) throw unusable(said.errors)
    },
    remove: async (registry) => {
      await secretTool(['clear', ...place(registry)], '', env)
    },
  }
}

interface Said {
  readonly status: number
  readonly output: string
  readonly errors: string
}

function secretTool(words: readonly string[], input: string, env: Env): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn('secret-tool', words, { env: { ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
    let [output, errors] = ['', '']
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.stderr.on('data', (chunk) => {
      errors += chunk
    })
    child.on('error', (error) => reject(unusable(error.message)))
    child.on('close', (status) => resolve({ status: status ?? 1, output, errors }))
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

const unusable = (cause: string): RoarError =>
  new RoarError('ROAR_KEYRING', 'The keyring of this system cannot be used.', {
    cause: cause.trim(),
    remedy: ['apt-get install libsecret-tools', 'roar login without --keyring keeps the token in a file of yours'],
  })
