/** Asks the comparers of the active plugins, in order, for the first that knows the format of both files. */
import type { PluginHost } from '@roar/host'
import type { ComparedPair, ContentComparison } from '@roar/reproduction'

export async function compareContents(plugins: PluginHost, pair: ComparedPair): Promise<ContentComparison | null> {
  for (const { name } of plugins.contributions('comparers')) {
    const comparer = await plugins.load('comparers', name)
    const compared = await comparer.compare(pair).catch((error: Error) => failed(name, error))
    if (compared !== null) return { ...compared, comparer: name }
  }
  return null
}

/** A file that its format's reader cannot read is different, not a fault of roar. */
const failed = (name: string, error: Error) => ({
  verdict: 'different' as const,
  difference: `it cannot be read as ${name}: ${error.message}`,
})
