/** The style sheet's colours, as they are now: light or dark. */
export interface Colours {
  readonly text: string
  readonly ground: string
  readonly edge: string
  node(kind: string, mark: string): string
}

export function colours(): Colours {
  const style = getComputedStyle(document.documentElement)
  const named = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  const file = named('file')
  const job = named('job')
  const marks = new Map(['dirty', 'stale', 'changed', 'first', 'second'].map((mark) => [mark, named(mark)]))
  return {
    text: named('text'),
    ground: named('ground'),
    edge: named('edge'),
    node: (kind, mark) => marks.get(mark) ?? (kind === 'j' ? job : file),
  }
}
