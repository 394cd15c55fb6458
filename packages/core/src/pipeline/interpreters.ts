/** The interpreters among a job's programs, by their digests: a script means what its interpreter makes of it. */
import type { BytePath } from '../byte-path.ts'
import type { Interpreter, ProcessRecord } from '../model.ts'
import type { HashService } from '../ports.ts'

const names =
  /^(?:python|pypy|ipython|node|nodejs|bun|deno|R|Rscript|julia|ruby|irb|perl|php|lua|luajit|java|guile|racket|tclsh|octave|octave-cli|ghc|runghc|erl|beam|mono|dotnet|pwsh|sh|bash|dash|zsh|fish|ksh|mksh|busybox|awk|gawk|mawk|wolframscript|matlab|sbcl|clojure|scala|elixir|sas)(?:[-.]?\d[\w.-]*)?(?:\.smp)?$/

export async function interpretersOf(
  processes: readonly ProcessRecord[],
  hashes: Pick<HashService, 'hash'>,
  algorithms: readonly string[],
): Promise<readonly Interpreter[]> {
  const programs = new Set<BytePath>()
  for (const { executable } of processes) if (executable !== null && isInterpreter(executable)) programs.add(executable)
  if (programs.size === 0) return []
  const found = await hashes.hash([...programs], { algorithms })
  return found.flatMap(({ path, digests }) => (digests ? [{ path, digests }] : []))
}

const isInterpreter = (path: string): boolean => names.test(path.slice(path.lastIndexOf('/') + 1))
