/** Times and long texts as people read them. */
import { count } from '@roar/core'

export { count, duration, grouped, size } from '@roar/core'

/** Local time to the second. */
export function localTime(iso: string): string {
  const date = new Date(iso)
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** `3 minutes ago`, for what is near; a date for what is far. */
export function ago(iso: string, now = Date.now()): string {
  const seconds = Math.round((now - Date.parse(iso)) / 1000)
  if (seconds < 0 || seconds >= 30 * 86_400) return localTime(iso)
  if (seconds < 60) return 'just now'
  if (seconds < 3600) return `${count(Math.floor(seconds / 60), 'minute')} ago`
  if (seconds < 86_400) return `${count(Math.floor(seconds / 3600), 'hour')} ago`
  return `${count(Math.floor(seconds / 86_400), 'day')} ago`
}

/** A long text without its middle, so that one path does not fill the screen. */
export const brief = (text: string, most = 200): string =>
  text.length <= most ? text : `${text.slice(0, most / 2)}…${text.slice(-most / 2)}`

const two = (number: number): string => String(number).padStart(2, '0')
