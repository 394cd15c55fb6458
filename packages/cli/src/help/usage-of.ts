/** The usage line of a command, as people write it. */

/** The parser gives a word that may be repeated once for each that must be there, and then dots. */
export function usageOf(name: string, given: string): string {
  const words = [...given.matchAll(/<([^>]+)>|(\[[^\]]+\])|(\.\.\.)/g)].map(
    ([, needed, optional]) => needed ?? optional ?? '…',
  )
  const once = words.filter((word, i) => word !== words[i - 1])
  const repeated = once.at(-1) === '…' ? once.slice(0, -1) : null
  if (repeated?.length === 0) return `roar ${name} [options] [--] COMMAND…`
  // What a proxy takes has no name of its own.
  const last = (repeated?.at(-1) ?? '').replace(/^arg$/, 'COMMAND')
  const shown = repeated ? [...repeated.slice(0, -1), last.includes('…') ? last : `${last}…`] : once
  return ['roar', name, '[options]', ...shown].join(' ')
}
