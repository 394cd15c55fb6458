/** Runs git once and gives its output as bytes. */

export interface GitAnswer {
  /** null: there is no git on this machine. */
  readonly status: number | null
  readonly output: Buffer
  readonly errors: string
}

export type Env = Readonly<Record<string, string | undefined>>

/**
 * Returns at once; the process runs while the caller goes on. `input` goes to its standard input. After `patience` milliseconds, if that is said, it is
 * ended: the status is 128 then, and the errors say so.
 */
export function runGit(
  args: readonly string[],
  directory: string,
  env: Env,
  input?: Uint8Array,
  patience?: number,
): Promise<GitAnswer> {
  // Loaded here because it costs 2 ms, and without import(), which would start Node's loader for ES modules in a bundled program.
  const { spawn } = process.getBuiltinModule('node:child_process')
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      cwd: directory,
      // Its words are compared below: not those of another language.
      env: { ...env, LC_ALL: 'C', LANGUAGE: 'C' },
      stdio: [input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
      ...(patience !== undefined && { timeout: patience }),
    })
    const output: Buffer[] = []
    const errors: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => output.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk))
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve({ status: null, output: Buffer.alloc(0), errors: '' })
      else reject(error)
    })
    child.on('close', (status) => {
      const late = child.killed ? `timed out after ${(patience ?? 0) / 1000} s\n` : ''
      const said = Buffer.concat(errors).toString()
      resolve({ status: status ?? 128, output: Buffer.concat(output), errors: said + late })
    })
    // git may refuse before it has read everything.
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
  })
}
