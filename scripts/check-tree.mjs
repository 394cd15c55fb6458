// Facts about the tracked files: no registry's host, no vague names, no file too long to be one.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './packages.mjs'

// Put together here, so that this file does not name them either.
const hosts = ['npmjs org', 'pypi org', 'pythonhosted org', 'crates io/api', 'proxy golang org', 'yarnpkg com'].map(
  (labels) => labels.replaceAll(' ', '\\.'),
)
const vague = /(^|\/)(utils?|helpers?|common|misc|manager)(\.\w+|\/)/
const longest = 400

const tracked = () =>
  spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).stdout.split('\0').filter(Boolean)

export function checkTree() {
  const host = new RegExp(hosts.join('|'))
  return tracked().flatMap((path) => {
    if (!existsSync(join(root, path))) return []
    const text = readFileSync(join(root, path), 'latin1')
    const faults = []
    if (vague.test(path)) faults.push(`${path}: the name says nothing`)
    if (host.test(text)) faults.push(`${path} names a package registry's host`)
    const isSource = /\.(ts|c|h|rs|mjs)$/.test(path) && !path.includes('generated')
    const lines = text.split('\n').length
    if (isSource && lines > longest) faults.push(`${path} has ${lines} lines: it is two files`)
    return faults
  })
}
