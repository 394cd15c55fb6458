/** One line of an strace log as a call: name, arguments, result. Unfinished calls are joined with their end. */

export interface Call {
  /** Thread id. */
  readonly tid: number
  readonly name: string
  readonly args: readonly string[]
  /** As printed: `3</path>`, `-1 ENOENT (…)`, `0x7f…`, `?`. */
  readonly result: string
  readonly ok: boolean
}

/** A descriptor as `-y` prints it: number and the kernel's name of its file. */
export interface Descriptor {
  readonly path: string
  readonly deleted: boolean
}

/** Calls in the order of their ends; exits and signals are left out. */
export function* readCalls(log: string): Generator<Call> {
  const open = new Map<number, string>()
  for (const line of log.split('\n')) {
    const parts = /^(\d+) +(.*)$/s.exec(line)
    if (!parts) continue
    const tid = Number(parts[1])
    let text = parts[2] as string
    if (text.endsWith('<unfinished ...>')) {
      open.set(tid, text.slice(0, -'<unfinished ...>'.length))
      continue
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/s.exec(text)
    if (resumed) text = (open.get(tid) ?? '') + resumed[1]
    const call = parseCall(tid, text)
    if (call) yield call
  }
}

function parseCall(tid: number, text: string): Call | null {
  const head = /^(\w+)\(/.exec(text)
  if (!head) return null
  const { args, end } = splitArguments(text, head[0].length)
  const result = /^\s*=\s*(.*)$/s.exec(text.slice(end))?.[1]
  if (result === undefined) return null
  return { tid, name: head[1] as string, args, result, ok: !/^(-1|\?)( |$)/.test(result) }
}

function splitArguments(text: string, start: number): { args: string[]; end: number } {
  const args: string[] = []
  let from = start
  let depth = 0
  let at = start
  for (; at < text.length; at++) {
    const c = text[at] as string
    if (c === '"') at = endOfString(text, at)
    else if (c === '<' && /[\dD]/.test(text[at - 1] ?? '')) at = text.indexOf('>', at)
    else if ('([{'.includes(c)) depth++
    else if (depth === 0 && (c === ',' || c === ')')) {
      args.push(text.slice(from, at).trim())
      from = at + 1
      if (c === ')') break
    } else if (')]}'.includes(c)) depth--
    if (at < 0) break
  }
  return { args, end: at + 1 }
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}

/** A quoted string's bytes, one character each; null for a pointer or NULL. */
export function stringOf(argument: string | undefined): string | null {
  const inner = /^"(.*)"(?:\.\.\.)?$/s.exec(argument ?? '')
  return inner ? plain(inner[1] as string) : null
}

export function descriptorOf(argument: string | undefined): Descriptor | null {
  const parts = /^(?:\d+|AT_FDCWD)<(.*)>(\(deleted\))?$/s.exec(argument ?? '')
  return parts ? { path: plain(parts[1] as string), deleted: parts[2] !== undefined } : null
}

const named: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', v: '\v', f: '\f' }
const plain = (text: string): string =>
  text.replace(/\\(x[0-9a-f]{2}|[0-7]{1,3}|.)/gs, (_, code: string) =>
    code[0] === 'x'
      ? String.fromCharCode(Number.parseInt(code.slice(1), 16))
      : /^[0-7]/.test(code)
        ? String.fromCharCode(Number.parseInt(code, 8))
        : (named[code] ?? code),
  )
