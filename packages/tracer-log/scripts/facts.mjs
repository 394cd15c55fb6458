// Runs a command under a tracer and prints the facts, one a line: `node packages/tracer-log/scripts/facts.mjs TRACER [-a] COMMAND…`
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const [name, ...rest] = process.argv.slice(2)
const all = rest[0] === '-a'
const argv = all ? rest.slice(1) : rest
const packages = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const from = join(packages, `tracer-${name}`, 'src')
if (argv.length === 0 || !existsSync(from)) {
  console.error('facts.mjs TRACER [-a] COMMAND…: TRACER is preload, ptrace or hybrid; -a shows the system’s files too')
  process.exit(2)
}
// Beside the sources, since what is native is found from there.
const bundle = join(from, `.facts-${process.pid}.mjs`)
await build({
  stdin: {
    contents: "export { createTracer } from './create-tracer.ts'; export { accessBits } from '@roar/trace-protocol'",
    resolveDir: from,
  },
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  conditions: ['roar-source'],
  logLevel: 'error',
})
const { createTracer, accessBits } = await import(pathToFileURL(bundle).href).finally(() => rmSync(bundle))

const words = (access) => Object.entries(accessBits).flatMap(([name, bit]) => (access & bit ? [name] : []))

function show(event) {
  const { type, pid, sequence } = event
  const rest = [
    event.code,
    event.path,
    event.from,
    event.to && `> ${event.to}`,
    event.executable,
    event.target,
    event.detail,
  ]
  const access = event.access === undefined ? '' : words(event.access).join('+')
  const status = event.status === undefined ? '' : event.status
  console.error(
    `${sequence} ${pid} ${type} ${access} ${rest.filter((one) => one !== undefined && one !== '').join(' ')} ${status}`,
  )
}

const runDirectory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'roar-facts-'))
const hidden = /^\/(usr|lib|lib64|etc|proc|dev|sys)\//
const outcome = await createTracer(process.env.MODE).trace(
  { argv, cwd: process.cwd(), env: process.env, runDirectory },
  {
    start: async ({ argv, cwd, env }) => {
      const child = spawn(argv[0], argv.slice(1), { cwd, env: { ...process.env, ...env }, stdio: 'inherit' })
      await new Promise((resolve, reject) => child.on('spawn', resolve).on('error', reject))
      return {
        pid: child.pid,
        exited: new Promise((resolve) => child.on('exit', (exitCode, signal) => resolve({ exitCode, signal }))),
      }
    },
    events: (batch) => {
      for (const event of batch) if (all || !hidden.test(event.path ?? '')) show(event)
    },
  },
)
rmSync(runDirectory, { recursive: true })
console.error(JSON.stringify(outcome))
