/** Modules that a project has vendored: `vendor/modules.txt` says which they are. https://go.dev/ref/mod#go-mod-vendor */
import type { BytePath, Probe } from '@roar/core'

interface Vendored {
  readonly name: string
  readonly version: string
  readonly location: BytePath
}

/** `# github.com/google/uuid v1.6.0`; what stands there instead of it comes behind an arrow. */
const heading = /^# (\S+)(?: (v\S+))?(?: => (\S+)(?: (v\S+))?)?$/gm

export class VendoredModules {
  readonly #known = new Map<string, readonly Vendored[]>()

  of(path: BytePath, probe: Probe): Vendored | null {
    const cut = path.lastIndexOf('/vendor/')
    if (cut < 0) return null
    const folder = path.slice(0, cut + '/vendor'.length)
    const known = this.#known.get(folder) ?? listed(folder, probe)
    this.#known.set(folder, known)
    // The longest path wins: a module may lie below another one's.
    return known.find(({ location }) => path.startsWith(`${location}/`)) ?? null
  }
}

function listed(folder: string, probe: Probe): readonly Vendored[] {
  const text = probe.text(`${folder}/modules.txt` as BytePath) ?? ''
  const found = [...text.matchAll(heading)].flatMap(([, path = '', version, other, otherVersion]) => {
    const at = `${folder}/${path}` as BytePath
    // A folder in the place of a module has no version.
    const [name, used] = other === undefined ? [path, version] : [other, otherVersion]
    return used === undefined ? [] : [{ name, version: used, location: at }]
  })
  return found.sort((a, b) => b.location.length - a.location.length)
}
