/** What says where the modules of an editable installation lie: path files, and the finders of setuptools. Other path files run code. */
import type { BytePath, Probe } from '@roar/core'

const finder = /\/__editable___\w+_finder\.(?:py|[\w.-]+\.pyc)$/
/** Lines that `site` runs begin so: https://docs.python.org/3/library/site.html */
const runs = /^import[ \t](?!__editable___\w+_finder\b)/m

export function isSignpost(path: string, probe: Probe): boolean {
  if (!path.endsWith('.pth')) return path.includes('/__editable___') && finder.test(path)
  const text = probe.text(path as BytePath)
  return text !== null && !runs.test(text)
}
