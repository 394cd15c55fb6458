/** What Go's linker writes into a program, since Go 1.18: https://pkg.go.dev/debug/buildinfo, and src/debug/buildinfo/buildinfo.go. */

export interface BuildInfo {
  readonly goVersion: string
  readonly modules: readonly { readonly name: string; readonly version: string }[]
}

const magic = '\xff Go buildinf:'

/** `bytes` is the section `.go.buildinfo`; null where there is none that can be read. */
export function buildInfo(bytes: Buffer): BuildInfo | null {
  if (bytes.toString('latin1', 0, magic.length) !== magic || ((bytes[15] ?? 0) & 2) === 0) return null
  const version = varText(bytes, 32)
  const list = version && varText(bytes, version.end)
  if (!version) return null
  // Sixteen bytes on either side mark the list for those who look for it without the header.
  return {
    goVersion: version.text.replace(/^go/, '').split(' ', 1)[0] ?? '',
    modules: modulesOf(list?.text.slice(16, -16) ?? ''),
  }
}

/** `dep`, path, version, sum; a line `=>` behind it tells what was taken instead. The main module is a package only when it has a version. */
function modulesOf(text: string): BuildInfo['modules'] {
  const modules: { name: string; version: string }[] = []
  for (const line of text.split('\n')) {
    const [word, name = '', version = ''] = line.split('\t')
    if (word === '=>') modules.pop()
    if ((word === 'dep' || word === '=>' || word === 'mod') && name !== '') modules.push({ name, version })
  }
  return modules.filter(({ version }) => version !== '' && version !== '(devel)')
}

/** A length in groups of seven bits, then the text. */
function varText(bytes: Buffer, at: number): { readonly text: string; readonly end: number } | null {
  let length = 0
  for (let i = 0; i < 5; i++) {
    const byte = bytes[at + i]
    if (byte === undefined) return null
    length += (byte & 0x7f) * 2 ** (7 * i)
    if (byte >= 0x80) continue
    const start = at + i + 1
    return start + length > bytes.length
      ? null
      : { text: bytes.toString('utf8', start, start + length), end: start + length }
  }
  return null
}
