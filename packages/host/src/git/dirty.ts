/** Sorts what differs from the commit by what it is to the user, and says exactly how to put it in order. */
import { extname, join } from 'node:path'
import { type BytePath, type DirtyFile, fromString, type GitState } from '@roar/core'
import { ignoreLines } from './ignore-lines.ts'
import { shellWord } from './shell-word.ts'

export interface DirtyContext {
  /** Absolute paths of outputs that earlier jobs recorded. */
  readonly knownOutputs: Pick<ReadonlySet<BytePath>, 'has'>
  readonly workspace: { readonly root: string } | null
  /** From the root of the work tree (`trackedFiles`). */
  readonly tracked: readonly string[]
}

export interface DirtyFiles {
  /** Changes of tracked files, and new files that look like program text or settings. */
  readonly code: readonly DirtyFile[]
  /** Untracked, and made by an earlier job. */
  readonly outputs: readonly DirtyFile[]
  readonly unknown: readonly DirtyFile[]
  /** Nothing but `.roar/`, or the .gitignore line that keeps it out, is in the way. */
  readonly roarOnly: boolean
  /** Lines for the .gitignore at the root. */
  readonly ignore: readonly string[]
  /** To be typed at the root of the work tree, in this order. */
  readonly commands: readonly string[]
}

export function classifyDirty(state: GitState, { knownOutputs, workspace, tracked }: DirtyContext): DirtyFiles {
  const own = workspace ? prefixIn(state.root, workspace.root) : null
  const isOwn = ({ path }: DirtyFile): boolean => own !== null && path.startsWith(`${own}.roar/`)
  const roar = state.dirtyFiles.filter(isOwn)
  const isOutput = (file: DirtyFile): boolean =>
    file.status === '??' && knownOutputs.has(fromString(join(state.root, file.path)))
  const inTheWay = state.dirtyFiles.filter((file) => !isOwn(file))
  const outputs = inTheWay.filter(isOutput)
  const code = inTheWay.filter((file) => !isOutput(file) && isCode(file))
  const unknown = inTheWay.filter((file) => !isOutput(file) && !isCode(file))
  const others = [...tracked, ...code.map(nameOf), ...unknown.map(nameOf)]
  const ignore = [...(roar.length > 0 ? [`/${own}.roar/`] : []), ...ignoreLines(outputs.map(nameOf), others)]
  const ignoreFile = own === null ? '.gitignore' : `${own}.gitignore`
  return {
    code,
    outputs,
    unknown,
    roarOnly: state.dirty && own !== null && inTheWay.every(({ path }) => path === ignoreFile),
    ignore,
    commands: [...insideSubmodules(state), ...commandsFor(roar, [...code, ...unknown], ignore, new Set(tracked))],
  }
}

const nameOf = ({ path }: DirtyFile): string => path

/** How the workspace is called from the root of the work tree: '' for the root itself. */
function prefixIn(root: string, workspace: string): string | null {
  if (workspace === root) return ''
  return workspace.startsWith(`${root}/`) ? `${workspace.slice(root.length + 1)}/` : null
}

const codeEndings = new Set(
  '.py .pyi .ipynb .r .rmd .qmd .jl .m .do .sas .sh .bash .zsh .fish .ps1 .pl .rb .lua .js .mjs .cjs .jsx .ts .mts .tsx .c .h .cc .cpp .hpp .cu .cuh .rs .go .java .kt .scala .swift .f .f90 .sql .nf .smk .wdl .cwl .toml .yaml .yml .cfg .ini .lock .nix .cmake .mk .md .rst .tf'.split(
    ' ',
  ),
)
const codeNames =
  /(^|\/)(Makefile|Dockerfile|Snakefile|Justfile|CMakeLists\.txt|requirements[^/]*\.txt|\.gitignore|\.gitattributes|\.gitmodules)$/

/** Whatever git tracks is the project's own. */
const isCode = ({ path, status }: DirtyFile): boolean =>
  status !== '??' || codeEndings.has(extname(path).toLowerCase()) || codeNames.test(path)

/** What differs within a submodule is committed there first: from outside only another commit of it can be added. */
const insideSubmodules = ({ submodules }: GitState): string[] =>
  submodules
    .filter(({ dirty }) => dirty)
    .map(({ path }) => `git -C ${shellWord(path)}`)
    .map((git) => `${git} add --all; ${git} diff --cached --quiet || ${git} commit -m 'Describe the change'`)

function commandsFor(
  roar: readonly DirtyFile[],
  changed: readonly DirtyFile[],
  ignore: readonly string[],
  index: Pick<ReadonlySet<string>, 'has'>,
): string[] {
  const tracked = roar.some(({ status }) => status !== '??')
  const message = changed.length > 0 ? 'Describe the change' : 'Ignore what runs leave behind'
  const add = changed.filter((file) => !isGone(file, index))
  const paths = [...new Set([...(ignore.length > 0 ? ['.gitignore'] : []), ...namesToAdd(add)])]
  return [
    ...(tracked ? ['git rm -r --cached --quiet .roar'] : []),
    ...(ignore.length > 0 ? [`printf '%s\\n' ${words(ignore)} >> .gitignore`] : []),
    ...(add.some(isUnmerged) ? [`git mergetool -- ${words(namesToAdd(add.filter(isUnmerged)))}`] : []),
    ...(paths.length > 0 ? [`git add -- ${words(paths)}`] : []),
    ...(paths.length > 0 || tracked || changed.length > 0 ? [`git commit -m ${shellWord(message)}`] : []),
  ]
}

const words = (names: readonly string[]): string => names.map(shellWord).join(' ')

/** By `git rm` or `git mv`: neither here nor in the index, so that `git add` knows no such name. */
const isGone = ({ path, status }: DirtyFile, index: Pick<ReadonlySet<string>, 'has'>): boolean =>
  status === 'D' && !index.has(path)

/** Added as it is, it would be committed with the marks of the conflict in it. */
const isUnmerged = ({ status }: DirtyFile): boolean => /U|^AA$|^DD$/.test(status)

const fitsOnALine = 20

/** Above that many, the folders at the top that hold them. */
function namesToAdd(files: readonly DirtyFile[]): readonly string[] {
  const paths = files.map(({ path }) => path)
  if (paths.length <= fitsOnALine) return paths
  return [...new Set(paths.map((path) => path.replace(/\/.*/s, '/')))]
}
