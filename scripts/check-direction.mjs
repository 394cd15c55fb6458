// Data flows one way through the packages: a source may import only from packages on its left, and drivers only where they belong.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { checkCircles } from './check-circles.mjs'
import { packageAt, plugins, root } from './packages.mjs'

// What else is special stands below and replaces this.
const [tracers, leaves] = [true, false].map((wanted) => plugins.filter((name) => name.startsWith('tracer-') === wanted))
const allowed = {
  'trace-protocol': [],
  core: ['trace-protocol'],
  native: ['core'],
  host: ['core', 'trace-protocol'],
  conformance: ['core', 'trace-protocol'],
  'tracer-log': ['core', 'trace-protocol', 'native'],
  ...Object.fromEntries(leaves.map((name) => [name, ['core', 'trace-protocol', 'native']])),
  ...Object.fromEntries(tracers.map((name) => [name, ['core', 'trace-protocol', 'native', 'tracer-log']])),
  web: ['core'],
  registry: ['core', 'web'],
  // Two that are also used alone.
  'tracer-hybrid': ['core', 'trace-protocol', 'native', 'tracer-log', 'tracer-preload', 'tracer-ptrace'],
  // The types of the wire alone.
  'registry-client': ['core', 'registry'],
  reproduction: ['core'],
  // The digest cache is the one part of a plugin that the command opens by itself.
  cli: ['core', 'native', 'host', 'store-sql', 'registry', 'reproduction', 'web'],
}
/** Who may import these, and why nobody else. */
const reserved = {
  tsyringe: /^packages\/cli\/src\/composition\//,
  'reflect-metadata': /^packages\/cli\/src\/composition\//,
  clipanion: /^packages\/cli\/src\/(commands|completion|help|run-command)/,
  kysely: /^packages\/(store-sql|registry)\//,
  'better-sqlite3': /^packages\/(store-sql|registry)\//,
  pg: /^packages\/(store-sql|registry)\//,
  fastify: /^packages\/registry\//,
}

function sources(name) {
  const at = join(packageAt(name), 'src')
  return readdirSync(at, { recursive: true })
    .filter((file) => file.endsWith('.ts') && !/\.test(-data)?\.ts$/.test(file))
    .map((file) => join(at, file))
}

const importsOf = (text) => [...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map((match) => match[1])

function faultsOf(name, file) {
  const path = relative(root, file)
  return importsOf(readFileSync(file, 'utf8')).flatMap((target) => {
    const own = /^@roar\/([\w-]+)/.exec(target)?.[1]
    if (own && own !== name && !allowed[name].includes(own)) return [`${path} imports @roar/${own}: ${name} may not`]
    const module = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : target.split('/')[0]
    if (reserved[module] && !reserved[module].test(path))
      return [`${path} imports ${module}, which is not its business`]
    if (name === 'core' && /^node:(fs|child_process|net|http|os|worker_threads)/.test(target))
      return [`${path} imports ${target}: the core does no input or output`]
    return []
  })
}

export function checkDirection() {
  return Object.keys(allowed).flatMap((name) => {
    const files = sources(name)
    return [...files.flatMap((file) => faultsOf(name, file)), ...checkCircles(files)]
  })
}
