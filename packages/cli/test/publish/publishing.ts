/** A registry of one file of tests, and pipelines that publish to it. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { roarBin, type Said, type TestWorkspace, workspaces } from '../workspace.ts'
import { RegistryPlace } from './registry-place.ts'

export class Publishing {
  readonly registry = new RegistryPlace()
  readonly workspace = workspaces()

  /** Started before the file's tests, gone after them. */
  static here(): Publishing {
    const publishing = new Publishing()
    beforeAll(() => publishing.registry.start())
    afterAll(() => publishing.registry.remove())
    return publishing
  }

  /** Of two steps: numbers, then a model of them. */
  pipeline({ remote = true }: { remote?: boolean } = {}): TestWorkspace {
    const w = this.workspace()
    w.write('.gitignore', '.roar/\nmodel\nnumbers\n').write('seed.txt', `${Math.random()}\n`)
    w.write('make.sh', 'cat seed.txt > numbers\n').write('train.sh', 'sort numbers > model\necho end >> model\n')
    w.commit()
    if (remote) addRemote(w, 'origin')
    w.must('config', 'set', 'registry.url', this.registry.url)
    w.must('run', 'sh', 'make.sh')
    w.must('run', 'sh', 'train.sh')
    return w
  }
}

export function addRemote(w: TestWorkspace, name: string): string {
  const place = join(w.place, `${name}.git`)
  w.command('git', 'init', '--quiet', '--bare', place)
  w.command('git', 'remote', 'add', name, place)
  return place
}

/** Without holding up what lives in this process. */
export function later(w: TestWorkspace, words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Said> {
  const child = spawn(roarBin, words, { cwd: w.root, env: { ...w.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  return new Promise((done) => child.on('close', (code, signal) => done({ code, signal, out, err })))
}

export const json = (said: Said) => JSON.parse(said.out)

export const tagsOf = (w: TestWorkspace, place: string): string[] =>
  w.command('git', '-C', place, 'tag', '--list', 'roar/*').out.split('\n').filter(Boolean)
