/** Finds where keys, headings and comments of a TOML text stand. Knows strings and arrays just well enough to step over them. */

export interface TomlLine {
  /** Of the line, with its newline; a value over several lines is one. */
  readonly start: number
  readonly end: number
  /** Name of the table it stands in; '' above the first heading. */
  readonly table: string
  readonly heading: boolean
  readonly comment: boolean
  /** The whole dotted key of an assignment. */
  readonly key: string | null
  readonly valueStart: number
  /** The key of an assignment that is commented out. */
  readonly commented: string | null
}

/** `[[composite]]` too: what stands below it is not of the table above. */
const headingForm = /^[ \t]*\[{1,2}[ \t]*([\w.-]+)[ \t]*\]{1,2}[ \t]*(?:#.*)?\r?$/
const assignmentForm = /^[ \t]*((?:[\w-]+|"[^"\\]*")(?:[ \t]*\.[ \t]*(?:[\w-]+|"[^"\\]*"))*)[ \t]*=[ \t]*/
const commentForm = /^[ \t]*#[ \t]*(?:([\w-]+)[ \t]*=)?/

export function scanToml(text: string): readonly TomlLine[] {
  const lines: TomlLine[] = []
  let table = ''
  for (let start = 0; start < text.length; ) {
    const line = scanLine(text, start, table)
    table = line.table
    lines.push(line)
    start = line.end
  }
  return lines
}

function scanLine(text: string, start: number, table: string): TomlLine {
  const words = text.slice(start, lineEnd(text, start)).replace(/\n$/, '')
  const none = { start, end: lineEnd(text, start), table, heading: false, comment: false, key: null, valueStart: 0 }
  const comment = commentForm.exec(words)
  if (comment) return { ...none, comment: true, commented: comment[1] ?? null }
  const heading = headingForm.exec(words)
  if (heading) return { ...none, table: heading[1] as string, heading: true, commented: null }
  const assignment = assignmentForm.exec(words)
  if (!assignment) return { ...none, commented: null }
  const valueStart = start + assignment[0].length
  const name = (assignment[1] as string).replace(/[ \t"]/g, '')
  const end = lineEnd(text, endOfValue(text, valueStart))
  return { ...none, end, key: table === '' ? name : `${table}.${name}`, valueStart, commented: null }
}

const lineEnd = (text: string, from: number): number => {
  const newline = text.indexOf('\n', from)
  return newline < 0 ? text.length : newline + 1
}

/** Just behind the value that begins here, without what follows on its line. */
export function endOfValue(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; ) {
    const string = stringForm(text, at)
    if (string > 0) at += string
    else if (text[at] === '#' && depth > 0) at = lineEnd(text, at)
    else if (depth === 0 && /[\s#,]/.test(text[at] as string)) return at
    else {
      if (/[[{]/.test(text[at] as string)) depth++
      if (/[\]}]/.test(text[at] as string)) depth--
      at++
    }
    if (depth === 0 && at > start && /["'\]}]/.test(text[at - 1] as string)) return at
  }
  return text.length
}

const stringForms = [
  /"""(?:\\[\s\S]|[^\\])*?"""(?:"{0,2})/y,
  /'''[\s\S]*?'''(?:'{0,2})/y,
  /"(?:\\.|[^"\\\n])*"/y,
  /'[^'\n]*'/y,
]

/** Length of the string that begins here, 0 for none. */
function stringForm(text: string, at: number): number {
  for (const form of stringForms) {
    form.lastIndex = at
    const match = form.exec(text)
    if (match) return match[0].length
  }
  return 0
}
