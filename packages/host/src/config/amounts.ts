/** Sizes and times as people write them in settings. */
const sizes: Readonly<Record<string, number>> = {
  '': 1,
  ...Object.fromEntries(
    ['K', 'M', 'G', 'T'].flatMap((unit, i) => [`${unit}`, `${unit}iB`].map((name) => [name, 1024 ** (i + 1)])),
  ),
  ...Object.fromEntries(['kB', 'MB', 'GB', 'TB'].map((name, i) => [name, 1000 ** (i + 1)])),
}
const times: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 }

/** `4GiB`, `1.5M`, `1000`; null when it is none. */
export const bytesOf = (text: string): number | null => amountOf(text, sizes)

/** `500ms`, `10s`, `2m`; null when it is none. A number alone has no unit, and is none. */
export const millisecondsOf = (text: string): number | null => amountOf(text, times)

function amountOf(text: string, units: Readonly<Record<string, number>>): number | null {
  const [, number, unit] = /^(\d+(?:\.\d+)?) ?([a-zA-Z]*)$/.exec(text) ?? []
  const factor = unit !== undefined && Object.hasOwn(units, unit) ? units[unit] : undefined
  return number === undefined || factor === undefined ? null : Math.round(Number(number) * factor)
}
