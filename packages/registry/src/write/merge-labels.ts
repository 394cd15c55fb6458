/** What a document of labels makes of those that are there. */
import type { LabelDocument } from '../api/index.ts'

type Labels = Readonly<Record<string, unknown>>

/**
 * `within`: an object is merged into the object that is there, so that `{model: {size: 2}}` keeps `model.name`; otherwise it takes its place.
 * Keys come in their order, so that equal labels are equal text.
 */
export function mergeLabels(before: Labels, document: LabelDocument, { within }: { within: boolean }): Labels {
  const said: Labels = { ...document.metadata }
  const merged = within ? mergeWithin(before, said) : { ...before, ...said }
  const after = removedKeys(document).reduce<Labels>((labels, key) => without(labels, key), merged)
  return Object.fromEntries(Object.entries(after).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** By either of the names that clients have for it. */
export const removedKeys = ({ remove = [], deleted_keys = [] }: LabelDocument): readonly string[] => [
  ...remove,
  ...deleted_keys,
]

function mergeWithin(before: Labels, said: Labels): Labels {
  const after = new Map(Object.entries(before))
  for (const [key, value] of Object.entries(said)) {
    const known = after.get(key)
    after.set(key, isLabels(known) && isLabels(value) ? mergeWithin(known, value) : value)
  }
  return Object.fromEntries(after)
}

const isLabels = (value: unknown): value is Labels =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `a.b` is a key of that name, or `b` in the object `a`, which goes when it is empty. */
function without(labels: Labels, key: string): Labels {
  const { [key]: gone, ...others } = labels
  const dot = key.indexOf('.')
  if (Object.hasOwn(labels, key) || dot < 0) return others
  const [first, rest] = [key.slice(0, dot), key.slice(dot + 1)]
  const inner = Object.hasOwn(labels, first) ? labels[first] : undefined
  if (!isLabels(inner)) return labels
  const left = without(inner, rest)
  if (Object.keys(left).length > 0) return { ...labels, [first]: left }
  const { [first]: emptied, ...remaining } = labels
  return remaining
}
