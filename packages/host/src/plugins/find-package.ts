/** Where an installed package lies, by the rule of Node: the nearest `node_modules` upwards that holds it. */
import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { RoarError } from '@roar/core'

/** `./folder`, `../folder` and absolute paths are folders; everything else is a package's name. */
export const isFolder = (spec: string): boolean => isAbsolute(spec) || /^\.{1,2}(\/|$)/.test(spec)

const packageName = /^(?:@[\w.~-]+\/)?[\w~-][\w.~-]*$/

/** Canonical path of the package. Folders are meant from the first place; names are sought from every place, in order. */
export function findPackage(spec: string, places: readonly string[]): string {
  const found = isFolder(spec)
    ? holdsPackage(resolve(places[0] ?? '.', spec))
    : packageName.test(spec)
      ? (firstOf(places, (place) => inNodeModules(spec, place)) ?? firstOf(places, (place) => byRequire(spec, place)))
      : null
  if (found) return realpathSync.native(found)
  throw new RoarError('ROAR_PLUGIN_MISSING', `the plugin ${spec} is not installed`, {
    cause: `No package of that name was found from ${places.join(' or ')}.`,
    remedy: [
      isFolder(spec) ? `Make ${join(spec, 'package.json')}` : `npm install ${spec}`,
      `roar plugin remove ${spec}`,
    ],
    data: { plugin: spec },
  })
}

function firstOf(places: readonly string[], look: (place: string) => string | null): string | null {
  for (const place of places) {
    const found = look(place)
    if (found) return found
  }
  return null
}

/** Folders without `node_modules`, asked once: a dozen plugins are sought from the same place at every start. */
const bare = new Map<string, boolean>()

function isBare(folder: string): boolean {
  const known = bare.get(folder) ?? !existsSync(join(folder, 'node_modules'))
  bare.set(folder, known)
  return known
}

function inNodeModules(name: string, place: string): string | null {
  for (let at = place; ; at = dirname(at)) {
    const found = isBare(at) ? null : holdsPackage(join(at, 'node_modules', name))
    if (found || dirname(at) === at) return found
  }
}

/** For installations without node_modules (Yarn's Plug'n'Play patches Node's resolver). */
function byRequire(name: string, place: string): string | null {
  try {
    return dirname(createRequire(join(place, 'package.json')).resolve(`${name}/package.json`))
  } catch {
    return null
  }
}

const holdsPackage = (directory: string): string | null =>
  existsSync(join(directory, 'package.json')) ? directory : null
