/** Keeps `.roar/` out of git: one line in the workspace's .gitignore, unless git already knows. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { replaceFile } from './private-files.ts'

const line = '.roar/'
const sameMeaning = /^(\/|\*\*\/)?\.roar\/?(\*\*?)?[ \t]*$/

/** True when the line had to be added. */
export function ignoreWorkspace(root: string): boolean {
  if (alreadyIgnored(root)) return false
  const file = join(root, '.gitignore')
  const text = readOrEmpty(file)
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const gap = text === '' || text.endsWith('\n') ? '' : newline
  replaceFile(file, `${text}${gap}${line}${newline}`, 0o644)
  return true
}

/** A pattern with a slash in front counts only in the workspace's own file; the others reach down from the repository's root. */
function alreadyIgnored(root: string): boolean {
  for (let at = root; ; at = dirname(at)) {
    const lines = readOrEmpty(join(at, '.gitignore')).split(/\r?\n/)
    if (lines.some((one) => sameMeaning.test(one) && (at === root || !one.startsWith('/')))) return true
    if (existsSync(join(at, '.git')) || dirname(at) === at) return false
  }
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
