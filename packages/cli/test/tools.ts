/** Programs that a test needs and that not every machine has: from the path, else from the registry that npm or pip is set up for. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { TestContext } from 'vitest'
import type { TestWorkspace } from './workspace.ts'

/** A directory with the program, or why there is none. */
export type Tool = { readonly bin: string } | { readonly why: string }

export const hasTool = (tool: Tool): tool is { readonly bin: string } => 'bin' in tool

export function onPath(...names: readonly string[]): Tool {
  const directories = (process.env.PATH ?? '').split(delimiter)
  const bin = directories.find((at) => names.some((name) => existsSync(join(at, name))))
  return bin === undefined ? { why: `not installed: ${names.join(', ')}` } : { bin }
}

/** Installed into a folder of its own, which goes with the test's others. */
export function fromPip(program: string): Tool {
  const there = onPath(program)
  if (hasTool(there)) return there
  const place = mkdtempSync(join(tmpdir(), `roar-${program}-`))
  const made =
    installed('python3', ['-m', 'venv', place]) ?? installed(join(place, 'bin/pip'), ['install', '-q', program])
  return made === null ? { bin: join(place, 'bin') } : { why: `${program} cannot be installed by pip: ${made}` }
}

export function fromNpm(program: string, specification: string): Tool {
  const place = mkdtempSync(join(tmpdir(), `roar-${program}-`))
  const words = ['install', '--silent', '--no-audit', '--no-fund', '--prefix', place, specification]
  const made = installed('npm', words)
  const bin = join(place, 'node_modules/.bin')
  return made === null ? { bin } : { why: `${specification} cannot be installed by npm: ${made}` }
}

/** Null: done. */
function installed(program: string, words: readonly string[]): string | null {
  const done = spawnSync(program, words, { encoding: 'utf8', timeout: 120_000 })
  if (done.status === 0) return null
  return done.error?.message ?? ((done.stderr || done.stdout).trim().split('\n').at(-1) || `status ${done.status}`)
}

/** The tool comes first in the path of both machines. */
export function give(workspace: TestWorkspace, { bin }: { readonly bin: string }, env: NodeJS.ProcessEnv = {}): void {
  Object.assign(workspace.env, { PATH: `${bin}:${workspace.env.PATH}` }, env)
}

export function skipWithout(tool: Tool, context: TestContext): asserts tool is { readonly bin: string } {
  if (!hasTool(tool)) context.skip(tool.why)
}
