/** The Rust that rustup installed: a folder for each toolchain, with the manifest of the release that it came from. */
import type { BytePath, PackageFound, Probe } from '@roar/core'

const inToolchain = /^(.*\/toolchains\/[^/]+)\/(?:bin|lib)\//
const longestManifest = 8 << 20

export class Toolchains {
  readonly #known = new Map<string, PackageFound | null>()

  of(path: BytePath, probe: Probe): readonly PackageFound[] {
    const location = path.includes('/toolchains/') ? inToolchain.exec(path)?.[1] : undefined
    if (location === undefined) return []
    let found = this.#known.get(location)
    if (found === undefined) {
      found = released(location as BytePath, probe)
      this.#known.set(location, found)
    }
    return found ? [found] : []
  }
}

/** `[pkg.rustc]`, and a line below it `version = "1.95.0 (59807616e 2026-04-14)"` */
function released(location: BytePath, probe: Probe): PackageFound | null {
  const text = probe.text(`${location}/lib/rustlib/multirust-channel-manifest.toml` as BytePath, longestManifest)
  const version = /^\[pkg\.rustc\]\nversion = "([^ "]+)/m.exec(text ?? '')?.[1]
  return version === undefined ? null : { ecosystem: 'rust', package: 'rust', version, location }
}
