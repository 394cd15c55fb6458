/**
 * Opens an address without showing it to other users of the machine: a command line can be read by all of them, so the browser is given a file that
 * only this user can read, and which leads on. Where there is no browser, the printed address does.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Env = Readonly<Record<string, string | undefined>>

/** Returns what removes the file again. */
export function openBrowser(url: string, env: Env): () => void {
  const program = browserOf(env)
  if (program === null) return () => {}
  const directory = mkdtempSync(join(tmpdir(), 'roar-ui-'))
  const file = join(directory, 'open.html')
  // The address is of our own making: no letter in it means anything in HTML.
  writeFileSync(file, `<!doctype html><meta http-equiv="refresh" content="0;url=${url}">\n`, { mode: 0o600 })
  const child = spawn(program, [file], { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
  return () => rmSync(directory, { recursive: true, force: true })
}

function browserOf(env: Env): string | null {
  if (process.platform === 'darwin') return 'open'
  if (env.BROWSER) return env.BROWSER
  return env.DISPLAY || env.WAYLAND_DISPLAY ? 'xdg-open' : null
}
