/** A program of PyPI in an environment of its own. */
import { join } from 'node:path'
import { type Outcome, run } from './program.ts'

/** Null, or why it cannot be had. Compiled is only what is used of it, when it is. */
export async function installTool(at: string, requirement: string): Promise<string | null> {
  const env = process.env as Record<string, string>
  const install = ['install', '-q', '--no-compile', requirement]
  // An environment's own pip takes as long to make as the tool itself: that of the machine can stand in for it since 22.3.
  await run('python3', ['-m', 'venv', '--without-pip', at])
  const done = await run('python3', ['-m', 'pip', '--python', join(at, 'bin/python'), ...install], { env })
  if (!lacksPip(done)) return lackOf(requirement, done)
  await run('python3', ['-m', 'venv', at])
  return lackOf(requirement, await run(join(at, 'bin/pip'), install, { env }))
}

const lacksPip = ({ code, text }: Outcome): boolean =>
  code !== 0 && /No module named pip|no such option: --python/.test(text)

const lackOf = (requirement: string, { code, text }: Outcome): string | null =>
  code === 0 ? null : `${requirement} cannot be installed: ${text.trim().split('\n').at(-1)}`
