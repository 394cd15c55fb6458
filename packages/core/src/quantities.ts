/** Sizes, durations and counts as people read them. */
const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const

/** Decimal units, as disks are sold and `ls --si` prints: three significant digits. */
export function size(bytes: number | null): string {
  if (bytes === null) return '-'
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 ? value : value.toPrecision(3)} ${units[unit]}`
}

/** `340 ms`, `1.4 s`, `2 min 05 s`, `3 h 07 min`, `2 d 04 h`; `-` for what is not known. */
export function duration(ms: number | null): string {
  if (ms === null) return '-'
  if (ms < 1000) return `${Math.round(ms)} ms`
  const seconds = ms / 1000
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`
  if (whole < 86_400) return `${Math.floor(whole / 3600)} h ${two(Math.floor(whole / 60) % 60)} min`
  return `${Math.floor(whole / 86_400)} d ${two(Math.floor(whole / 3600) % 24)} h`
}

/** `12,345` */
export const grouped = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, ',')

/** `1 input`, `2 inputs`, `3 matches` (`many`). */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${grouped(number)} ${number === 1 ? one : many}`

const two = (number: number): string => String(number).padStart(2, '0')
