/**
 * Small programs of file actions, as random/actions.c runs them. Descriptors stand in slots 0 to 5; names are relative.
 *
 * | word | does | | word | does |
 * |---|---|---|---|---|
 * | `o1,a,wct` | open into a slot: r w b(oth), c(reate) t(runcate) x(clusive) a(ppend) | | `ma,n` | rename; `Xa,b` exchanges |
 * | `O1,a,r` | the same, below an open directory and not through a link | | | |
 * | `r1` `p1` | read 3 bytes; pread 2 at 0 | | `la,n` `sa,n` | link; symlink |
 * | `w1` `q1` | write 2 bytes; pwrite 2 at 1 | | `ua` | unlink |
 * | `c1` | close | | `ta,7` `T1,7` | truncate; ftruncate |
 * | `d1,2` `D1,2` | dup into a slot; dup2 onto its descriptor | | `Fa` `Wa` `Aa` | stdio: read, write, append |
 * | `G1` `H1` | fdopen a copy: read, write | | `La` | O_TMPFILE, then linkat |
 * | `B1` `E1` | readv 2 bytes; pwrite 2 at 0 by its number | | `Ja` `Ya,n` | stdio: update; cat < a > n |
 * | `M1` `N1` | map and load; map shared and store | | `kd` | chdir |
 * | `S1,2` `C1,2` `P1,2` | sendfile, copy_file_range, splice from 1 to 2 | | `K` | SIGKILL to itself |
 *
 * A block runs elsewhere and is waited for: `f{` in a forked child, `e{` in another image, `v{` in a spawned one, `h{` in a thread.
 */
export type BlockKind = 'f' | 'e' | 'v' | 'h'
export interface Block {
  readonly kind: BlockKind
  readonly body: Program
}
export type Action = string | Block
export type Program = readonly Action[]

/** One word each: what the tracee counts. */
export const wordsOf = (program: Program): string[] =>
  program.flatMap((action) =>
    typeof action === 'string' ? [action] : [`${action.kind}{`, ...wordsOf(action.body), '}'],
  )

export const textOf = (program: Program): string => wordsOf(program).join(' ')

export function parseProgram(text: string): Program {
  const words = text.split(/\s+/).filter(Boolean)
  const body = (): Action[] => {
    const actions: Action[] = []
    for (let word = words.shift(); word !== undefined && word !== '}'; word = words.shift())
      actions.push(word.endsWith('{') ? { kind: word[0] as BlockKind, body: body() } : word)
    return actions
  }
  return body()
}

/** Every program that is shorter by one action, or that runs a block's actions in place. */
export function* shorter(program: Program): Generator<Program> {
  for (const [i, action] of program.entries()) {
    const [before, behind] = [program.slice(0, i), program.slice(i + 1)]
    yield [...before, ...behind]
    if (typeof action === 'string') continue
    yield [...before, ...action.body, ...behind]
    for (const body of shorter(action.body)) yield [...before, { ...action, body }, ...behind]
  }
}
