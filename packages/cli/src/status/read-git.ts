/** Which recorded outputs git does not know: they would make the next run refuse a dirty tree. */
import { relative } from 'node:path'
import { type BytePath, type GitPort, type GitState, toText } from '@roar/core'
import { ignoreLines, trackedFiles } from '@roar/host'

export interface GitFacts {
  readonly git: GitState | null
  readonly blocked: boolean
  readonly untracked: readonly BytePath[]
  readonly gitignore: readonly string[]
}

/** Is told the outputs one by one, and keeps those that git does not know. */
export class UntrackedOutputs {
  readonly #state: GitState | null
  readonly #prefix: string
  /** From the root of the work tree. */
  readonly #unknown: ReadonlySet<string>
  readonly #found: BytePath[] = []

  constructor(state: GitState | null, root: string) {
    const prefix = state === null ? '' : relative(state.root, root)
    this.#state = state
    this.#prefix = prefix === '' ? '' : `${prefix}/`
    const unknown = state?.dirtyFiles.filter((file) => file.status.startsWith('?')) ?? []
    this.#unknown = new Set(unknown.map((file) => file.path))
  }

  static async in(git: GitPort, root: string): Promise<UntrackedOutputs> {
    return new UntrackedOutputs(await git.state(root), root)
  }

  see(path: BytePath): void {
    if (this.#unknown.size > 0 && this.#unknown.has(this.#inTree(path))) this.#found.push(path)
  }

  async facts(): Promise<GitFacts> {
    const git = this.#state
    const untracked = this.#found
    if (git === null) return { git, blocked: false, untracked, gitignore: [] }
    if (untracked.length === 0) return { git, blocked: git.dirty, untracked, gitignore: [] }
    const made = untracked.map((path) => this.#inTree(path))
    const others = new Set(this.#unknown)
    for (const path of made) others.delete(path)
    const gitignore = ignoreLines(made, [...others, ...(await trackedFiles(git.root))])
    return { git, blocked: git.dirty, untracked, gitignore }
  }

  #inTree(path: BytePath): string {
    return this.#prefix + (toText(path) ?? path)
  }
}
