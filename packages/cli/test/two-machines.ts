/** Two machines for one test: a project that is recorded and pushed on one, another home that knows nothing of it, a registry between them. */
import { type ChildProcess, spawn } from 'node:child_process'
import { lstatSync, mkdirSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { schemaErrors } from './schemas.ts'
import { roarBin, type Said, TestWorkspace } from './workspace.ts'

const open: TestWorkspace[] = []
const servers: ChildProcess[] = []

/** Ends what was started, removes what was made: after each test. */
export function leave(): void {
  for (const one of servers.splice(0)) one.kill('SIGKILL')
  for (const one of open.splice(0)) one.remove()
}

export function project(files: Readonly<Record<string, string>>): TestWorkspace {
  const workspace = new TestWorkspace()
  open.push(workspace)
  workspace.command('git', 'init', '--quiet', '--bare', '../origin.git')
  workspace.command('git', 'remote', 'add', 'origin', join(workspace.place, 'origin.git'))
  workspace.write('.gitignore', '.roar/\ndata/\nout/\nvenv/\nnode_modules/\n')
  for (const [name, text] of Object.entries(files)) workspace.write(name, text)
  workspace.commit().command('git', 'push', '--quiet', 'origin', 'HEAD:main')
  return workspace
}

/** Resolves with its address. What else it says goes to a file. */
export function serve(workspace: TestWorkspace): Promise<string> {
  const words = ['registry', 'serve', '--listen', '127.0.0.1:0', '--data', join(workspace.place, 'registry')]
  const log = openSync(join(workspace.place, 'registry.log'), 'a')
  const server = spawn(roarBin, words, { env: workspace.env, stdio: ['ignore', 'pipe', log] })
  servers.push(server)
  return new Promise((resolve, reject) => {
    let said = ''
    server.stdout?.on('data', (chunk: Buffer) => {
      said += chunk
      const address = /listening on (http:\/\/\S+)\n/.exec(said)?.[1]
      if (address) resolve(address)
    })
    server.on('exit', () => reject(new Error(said)))
  })
}

/** A server of files in a process of its own: ours waits for commands. Resolves with its address. */
export function files(workspace: TestWorkspace, content: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, text] of Object.entries(content)) workspace.write(`../served/${name}`, text)
  const program = `require('node:http').createServer((ask, answer) => {
    const bytes = require('node:fs').readFileSync('.' + ask.url)
    answer.setHeader('Content-Length', bytes.length).end(ask.method === 'HEAD' ? undefined : bytes)
  }).listen(0, '127.0.0.1', function () { console.log(this.address().port) })`
  const cwd = join(workspace.place, 'served')
  const server = spawn(process.execPath, ['-e', program], { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
  servers.push(server)
  return new Promise((resolve) => {
    server.stdout?.once('data', (chunk: Buffer) => resolve(`http://127.0.0.1:${String(chunk).trim()}`))
  })
}

/** Another home, another directory, nothing of the first. */
export function elsewhere(workspace: TestWorkspace, ...words: string[]): Said {
  const cwd = join(workspace.place, 'elsewhere')
  mkdirSync(join(cwd, 'home'), { recursive: true })
  return workspace.execute(roarBin, words, { cwd, env: { HOME: join(cwd, 'home') } })
}

export const verdictOf = (said: Said) => {
  if (said.out === '') throw new Error(said.err)
  const document = JSON.parse(said.out)
  expect(schemaErrors(document)).toEqual([])
  return document
}

/** Registers there, removes all of it, and makes it again here. Resolves with the verdict. */
export async function makeAgain(workspace: TestWorkspace, output: string) {
  const url = await serve(workspace)
  workspace.must('config', 'set', 'registry.url', url)
  workspace.must('register', output, '-y')
  const [digest] = workspace.must('hash', output).out.split(' ') as [string]
  workspace.shell('rm -rf -- * .roar .git .venv')
  const verdict = verdictOf(elsewhere(workspace, 'reproduce', digest, '--registry', url, '--run', '--json'))
  // Caches and stores of the tools lie in the reproduction's own directory. conda touches a list of environments, but writes nothing into it;
  // pip asks rustc for its version, which may make rustup's settings.
  const left = filesBelow(join(workspace.place, 'elsewhere/home')).filter(
    (name) => !/(^|\/)(roar|\.rustup)\//.test(name),
  )
  expect(left).toEqual([])
  return verdict
}

const filesBelow = (at: string): readonly string[] =>
  readdirSync(at, { recursive: true, withFileTypes: true })
    .map((one) => join(one.parentPath, one.name))
    .filter((path) => !lstatSync(path).isDirectory() && lstatSync(path).size > 0)
    .map((path) => path.slice(at.length + 1))
