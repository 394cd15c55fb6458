/** Package URLs: https://github.com/package-url/purl-spec. */

/** Not encoded yet. `namespace` may have several parts, with slashes between them. */
export interface PackageUrlParts {
  readonly type: string
  readonly namespace?: string | null
  readonly name: string
  readonly version?: string | null
  readonly qualifiers?: Readonly<Record<string, string | null | undefined>>
}

/** Names in the ecosystem's own spelling: `@scope/name`, `group:artifact`, `github.com/owner/module`. */
export function packageUrl(ecosystem: string, name: string, version: string | null): string {
  const cut = name.lastIndexOf(ecosystem === 'maven' ? ':' : '/')
  const split = cut > 0 && ['npm', 'maven', 'golang'].includes(ecosystem)
  const [namespace, last] = split ? [name.slice(0, cut), name.slice(cut + 1)] : [null, name]
  return formatPackageUrl({ type: ecosystem, namespace, name: last, version })
}

/** Canonical: qualifiers in the order of their names, those without a value left out. */
export function formatPackageUrl({ type, namespace, name, version, qualifiers }: PackageUrlParts): string {
  const place = namespace ? `${namespace.split('/').map(encoded).join('/')}/` : ''
  const query = qualifiers ? queryOf(qualifiers) : ''
  return `pkg:${typeOf(type)}/${place}${encoded(name)}${version ? `@${encoded(version)}` : ''}${query}`
}

function queryOf(qualifiers: NonNullable<PackageUrlParts['qualifiers']>): string {
  const pairs = Object.entries(qualifiers).filter((pair): pair is [string, string] => Boolean(pair[1]))
  const query = pairs.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key}=${encoded(value)}`)
  return query.length > 0 ? `?${query.join('&')}` : ''
}

/** What the specification gives no type to is `generic`. */
const typeOf = (ecosystem: string): string => (generic.has(ecosystem) ? 'generic' : ecosystem)
const generic = new Set(['python', 'r', 'nvidia', 'amd', 'ruby', 'perl', 'rust'])

/** Percent-encoded but for unreserved characters and the colon, as the specification has it. Most have nothing else, and a system has thousands. */
const encoded = (text: string): string =>
  plain.test(text)
    ? text
    : encodeURIComponent(text)
        .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
        .replaceAll('%3A', ':')
const plain = /^[\w.~:-]*$/
