/** What the machine offers: Node, git, the operating system. */
import { execFile } from 'node:child_process'
import { release, type } from 'node:os'
import { promisify } from 'node:util'
import type { Check } from '../output/views/checks.ts'

export const machineChecks = async (): Promise<readonly Check[]> => [
  {
    name: 'node',
    ok: Number(process.versions.node.split('.')[0]) >= 20,
    detail: process.versions.node,
    remedy: 'Install Node.js 20 or newer.',
  },
  {
    name: 'system',
    ok: ['linux', 'darwin'].includes(process.platform),
    detail: `${type()} ${release()} ${process.arch}`,
    remedy: null,
  },
  await git(),
]

async function git(): Promise<Check> {
  try {
    const { stdout } = await promisify(execFile)('git', ['--version'])
    return { name: 'git', ok: true, detail: stdout.trim().replace(/^git version /, ''), remedy: null }
  } catch {
    return {
      name: 'git',
      ok: false,
      detail: 'not found',
      remedy: 'Install git: without it jobs are recorded without a commit.',
    }
  }
}
