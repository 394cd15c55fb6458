/** Caches, version control, editors' and shells' own files: recorded as left out, each with the reason. */
import type { ArtifactDetector, Detection, Probe } from '@roar/core'
import { baseName, byDirectory, isWithin } from '../by-directory.ts'
import { bytecodeSource } from './bytecode.ts'
import { isOwnCode } from './own-code.ts'
import {
  anyFolder,
  cacheVariables,
  dataInside,
  goCache,
  homeSettings,
  ignoredCaches,
  ignoredFolders,
  ignoredNames,
  runDirectory,
  temporaryNames,
} from './rules.ts'

type Ignored = Extract<Detection, { is: 'ignored' }>
const answers = new Map<string, Ignored>()
const because = (why: string): Ignored => {
  const answer = answers.get(why) ?? { is: 'ignored', why }
  answers.set(why, answer)
  return answer
}

/** Every name rule needs one of these; most names have none. */
const worthTrying = /[#~$]|^\.|\.(?:pyc|tsbuildinfo)|^(?:fontlist-v|Thumbs|desktop)/

export function createIgnoredDetector(): ArtifactDetector {
  let probe: Probe
  const folderRule = byDirectory((directory) => {
    const { workspace } = probe
    // Where the workspace itself lies says nothing about what is in it.
    if (workspace !== null && isWithin(directory, workspace))
      return folderOf(directory.slice(workspace.length)) ?? cacheOf(directory, probe)
    return folderOf(directory) ?? cacheOf(directory, probe) ?? placeOf(directory, probe)
  })
  return {
    name: 'ignored',
    inDirectory(directory, asked) {
      probe = asked
      const why = folderRule(`${directory}/`)
      return why === null ? null : because(why)
    },
    detect(candidate, asked) {
      probe = asked
      const why = folderRule(candidate.path)
      if (why !== null) return because(why)
      return isOwnCode(candidate, asked) ? because('roar itself') : nameRule(candidate.path, asked)
    },
    madeFrom(path, asked) {
      probe = asked
      const made = bytecodeSource(path, asked)
      // Under a folder that is left out as a whole, it was not left out for being bytecode.
      return made && folderRule(made.source) === null ? made : null
    },
  }
}

function folderOf(directory: string): string | null {
  const found = anyFolder.exec(directory)?.[1]
  if (found === undefined || dataInside.test(directory)) return null
  return ignoredFolders.get(found) ?? null
}

function placeOf(directory: string, { home, temporary }: Probe): string | null {
  if (isOfTools(directory, `${home}/.cache`)) return 'tool cache'
  const root = temporary.find((one) => isWithin(directory, one) && directory !== one)
  if (root === undefined) return null
  if (runDirectory.test(directory.slice(root.length + 1))) return 'lineage records'
  return temporaryNames.test(below(directory, root)) ? 'service scratch' : null
}

function cacheOf(directory: string, probe: Probe): string | null {
  const { caches } = probe
  if (!caches || caches.size === 0) return null
  const common = caches.get('XDG_CACHE_HOME')
  const found =
    (common !== undefined && isOfTools(directory, common)) ||
    cacheVariables.some((name) => isCache(directory, caches.get(name), probe))
  return found ? 'tool cache' : null
}

const isOfTools = (directory: string, caches: string): boolean =>
  isWithin(directory, caches) && ignoredCaches.has(below(directory, caches))

/** A variable that names the project or all of somebody's files names no cache. */
const isCache = (directory: string, cache: string | undefined, { home, workspace, temporary }: Probe): boolean =>
  cache !== undefined &&
  isWithin(directory, cache) &&
  ![home, workspace, ...temporary].some((one) => one !== null && isWithin(one, cache))

/** The first component below. */
const below = (directory: string, root: string): string => directory.slice(root.length + 1).split('/', 1)[0] ?? ''

function nameRule(path: string, { home, temporary }: Probe): Ignored | null {
  const name = baseName(path)
  if (worthTrying.test(name)) {
    const rule = ignoredNames.find(([pattern]) => pattern.test(name))
    if (rule) return because(rule[1])
  }
  if (path.charCodeAt(home.length + 1) === 46 && isWithin(path, home) && homeSettings.test(path.slice(home.length + 1)))
    return because('settings of shell and tools')
  if (name.length === 66 && goCache.test(path)) return because('tool cache')
  const directory = path.slice(0, -name.length - 1)
  return temporary.some((one) => one === directory) && temporaryNames.test(name) ? because('service scratch') : null
}
