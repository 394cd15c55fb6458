/** A server that speaks S3, for tests: moto from PyPI, in a virtual environment that is made once and kept beside the packages. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const packages = ['moto[s3]>=5.1,<6', 'flask', 'flask-cors']
const place = fileURLToPath(new URL('../../../node_modules/.cache/roar-moto', import.meta.url))

export interface S3Server {
  readonly port: number
  stop(): Promise<void>
}

/** Or why there is none. */
export async function startS3(): Promise<S3Server | string> {
  try {
    await prepare()
  } catch (error) {
    return `moto could not be installed: ${String((error as { stderr?: string }).stderr ?? error).split('\n')[0]}`
  }
  const port = await freePort()
  const words = ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)]
  const server = spawn(join(place, 'bin/python'), words, { stdio: 'ignore' })
  await answers(port, server)
  return { port, stop: () => stopped(server) }
}

/** A half-made one is made anew. */
async function prepare(): Promise<void> {
  const ready = join(place, 'ready')
  if (existsSync(ready)) return
  rmSync(place, { recursive: true, force: true })
  await run('python3', ['-m', 'venv', place])
  await run(join(place, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', ...packages])
  writeFileSync(ready, '')
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

async function answers(port: number, server: ChildProcess): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 100) {
    if (server.exitCode !== null) throw new Error(`moto ended with ${server.exitCode}`)
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => null)
    await answer?.body?.cancel()
    if (answer) return
    await setTimeout(100)
  }
  throw new Error('moto does not answer')
}

function stopped(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.once('exit', () => resolve())
    server.kill('SIGKILL')
  })
}
