/** Colours by meaning, not by name. With colour off every function gives its text back. */
export interface Styles {
  readonly coloured: boolean
  heading(text: string): string
  good(text: string): string
  bad(text: string): string
  warn(text: string): string
  faint(text: string): string
  step(text: string): string
  path(text: string): string
}

const sgr = (on: number, off: number) => (text: string) => `\u001b[${on}m${text}\u001b[${off}m`
const same = (text: string): string => text

const coloured: Styles = {
  coloured: true,
  heading: sgr(1, 22),
  good: sgr(32, 39),
  bad: sgr(31, 39),
  warn: sgr(33, 39),
  faint: sgr(2, 22),
  step: sgr(36, 39),
  path: same,
}

const bare: Styles = {
  coloured: false,
  heading: same,
  good: same,
  bad: same,
  warn: same,
  faint: same,
  step: same,
  path: same,
}

export type ColorChoice = 'auto' | 'always' | 'never'

/** `NO_COLOR` (no-color.org: present and not empty) turns `auto` off; the option is stronger than the environment. */
export function stylesFor(
  choice: ColorChoice,
  tty: boolean,
  env: Readonly<Record<string, string | undefined>>,
): Styles {
  if (choice === 'always') return coloured
  if (choice === 'never' || env.NO_COLOR) return bare
  return (tty && env.TERM !== 'dumb') || isForced(env.FORCE_COLOR) ? coloured : bare
}

const isForced = (value: string | undefined): boolean => value !== undefined && value !== '' && value !== '0'
