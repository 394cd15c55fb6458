/** What is packed into a jar: pom.properties of Maven, else the manifest; and the jars that lie in it. */
import type { BytePath, PackageFound, Probe } from '@roar/core'
import { entryPlace, entryText, type Place, type ZipEntry, zipEntries } from '../zip/central-directory.ts'

const properties = /^META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/
/** Of the names that are looked for. */
const ending = /(?:\/MANIFEST\.MF|\/pom\.properties|\.jar)$/
const nested = /^(?:BOOT-INF\/lib|WEB-INF\/lib|lib|META-INF\/lib)\/([^/]+)\.jar$/

export const packagesInJar = (path: BytePath, probe: Probe): readonly PackageFound[] =>
  packagesAt({ path, from: 0, length: null }, probe, 0)

/** Of a jar in a jar in a jar nobody has heard. */
function packagesAt(place: Place, probe: Probe, depth: number): readonly PackageFound[] {
  const entries = zipEntries(place, probe, ending)
  const described = entries
    .filter(({ name }) => properties.test(name))
    .flatMap((one) => fromProperties(place.path, one, probe))
  const own = described.length > 0 ? described : fromManifest(place.path, entries, probe)
  const inner = depth > 1 ? [] : entries.filter(({ name }) => nested.test(name))
  return [...own, ...inner.flatMap((one) => fromNested(place.path, one, probe, depth))]
}

/** A jar in another is mostly stored as it is, so that it can be read there; else its name has to do. */
function fromNested(path: BytePath, entry: ZipEntry, probe: Probe, depth: number): readonly PackageFound[] {
  const place = entry.method === 0 ? entryPlace(path, entry, probe) : null
  const found = place === null ? [] : packagesAt(place, probe, depth + 1)
  if (found.length > 0) return found
  const [, name, version] = /([^/]+?)-(\d[\w.+-]*)\.jar$/.exec(entry.name) ?? []
  return name === undefined ? [] : [{ ecosystem: 'maven', package: name, version: version ?? null, location: path }]
}

function fromProperties(path: BytePath, entry: ZipEntry, probe: Probe): readonly PackageFound[] {
  const text = entryText(path, entry, probe) ?? ''
  const field = (name: string): string | null => new RegExp(`^${name}\\s*[=:]\\s*(\\S+)`, 'm').exec(text)?.[1] ?? null
  const [group, artifact, version] = [field('groupId'), field('artifactId'), field('version')]
  if (group === null || artifact === null) return []
  return [{ ecosystem: 'maven', package: `${group}:${artifact}`, version, location: path }]
}

/** A bundle's symbolic name is often the group and the artifact in one; nobody says where one ends. */
function fromManifest(path: BytePath, entries: readonly ZipEntry[], probe: Probe): readonly PackageFound[] {
  const entry = entries.find(({ name }) => name === 'META-INF/MANIFEST.MF')
  // Long lines go on behind a space.
  const text = ((entry && entryText(path, entry, probe)) ?? '').replace(/\r?\n /g, '')
  const field = (...names: readonly string[]): string | null =>
    names.map((name) => new RegExp(`^${name}:\\s*([^;\\r\\n]+)`, 'm').exec(text)?.[1]?.trim()).find(Boolean) ?? null
  const artifact = field('Automatic-Module-Name', 'Bundle-SymbolicName', 'Implementation-Title', 'Specification-Title')
  const version = field('Bundle-Version', 'Implementation-Version', 'Specification-Version')
  const group = field('Implementation-Vendor-Id')
  if (artifact === null || version === null || /[\s$]/.test(artifact)) return []
  return [{ ecosystem: 'maven', package: group ? `${group}:${artifact}` : artifact, version, location: path }]
}
