/** Default gems: their files lie within Ruby's own library, and only their specifications say whose they are. */
import type { BytePath, Probe } from '@roar/core'

/** `/usr/lib/ruby/3.1.0/json/common.rb`, and below the name of a platform what is compiled. */
const inLibrary = /^(.*\/ruby)\/(\d+\.\d+\.\d+)\/(?:[\w.]+-(?:linux|darwin|freebsd)[\w.-]*\/)?(.+)$/
const listed = /"(?:lib\/)?([^"\n]+\.(?:rb|so|bundle))"/g

export interface DefaultGem {
  readonly text: string
  readonly specification: BytePath
}

export class DefaultGems {
  readonly #libraries = new Map<string, ReadonlyMap<string, DefaultGem>>()

  /** The specification of the gem that a file of the library belongs to. */
  of(path: BytePath, probe: Probe): DefaultGem | null {
    const [, home, version, name = ''] = inLibrary.exec(path) ?? []
    if (home === undefined || !/\.(?:rb|so|bundle)$/.test(name)) return null
    const place = `${home}/gems/${version}/specifications/default`
    const known = this.#libraries.get(place) ?? filesOf(place, probe)
    this.#libraries.set(place, known)
    return known.get(name) ?? null
  }
}

/** Some seventy specifications, read once. */
function filesOf(place: string, probe: Probe): ReadonlyMap<string, DefaultGem> {
  const files = new Map<string, DefaultGem>()
  for (const name of probe.list(place as BytePath)) {
    if (!name.endsWith('.gemspec')) continue
    const specification = `${place}/${name}` as BytePath
    const text = probe.text(specification)
    if (text === null) continue
    for (const [, file = ''] of text.matchAll(listed)) if (!files.has(file)) files.set(file, { text, specification })
  }
  return files
}
