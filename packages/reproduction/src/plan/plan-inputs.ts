/** Which inputs must come from outside, and where each can be had. */
import { type BytePath, fromString, stepName } from '@roar/core'
import { digestName, type Recipe, type RecipeInput } from '../recipe/recipe.ts'
import type { ReproductionRoom } from '../room.ts'
import { findComposite } from './find-composite.ts'
import { findContents } from './find-content.ts'
import type { Place, PlannedInput } from './plan.ts'

export interface InputSources {
  /** Directories that are searched by digest. */
  readonly directories: readonly string[]
}

interface Needed {
  readonly input: RecipeInput
  readonly usedBy: string[]
  /** Their uids. */
  readonly users: string[]
}

export async function planInputs(
  room: ReproductionRoom,
  recipe: Recipe,
  sources: InputSources,
): Promise<readonly PlannedInput[]> {
  const needed = neededInputs(recipe)
  const wanted = needed.map(({ input }) => ({ ...input, candidates: candidates(recipe, input) }))
  const found = await findAll(room, wanted, sources.directories)
  return needed.map((one, index) => ({ ...planned(one.input, one.usedBy, found[index] ?? null), users: one.users }))
}

type Wanted = RecipeInput & { readonly candidates: readonly BytePath[] }

/** In the order asked. */
async function findAll(room: ReproductionRoom, wanted: readonly Wanted[], directories: readonly string[]) {
  const files = wanted.filter((one) => one.kind === 'file')
  const places = await findContents(room, files, directories)
  const found = new Map<Wanted, BytePath | null>(files.map((one, index) => [one, places[index] ?? null]))
  for (const one of wanted) if (one.kind === 'composite') found.set(one, await findComposite(room, one, directories))
  return wanted.map((one) => found.get(one) ?? null)
}

/** Each path with one content once. */
function neededInputs(recipe: Recipe): readonly Needed[] {
  const needed = new Map<string, Needed>()
  for (const step of recipe.steps) {
    for (const input of step.inputs) {
      if (input.from !== 'outside' || input.reason === 'not-regular') continue
      const key = `${input.path}\0${digestName(input.digests)}`
      const known = needed.get(key)
      if (!known) needed.set(key, { input, usedBy: [stepName(step.step)], users: [step.uid] })
      known?.usedBy.push(stepName(step.step))
      known?.users.push(step.uid)
    }
  }
  return [...needed.values()]
}

const isUrl = (place: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(place)

function candidates(recipe: Recipe, input: RecipeInput): readonly BytePath[] {
  const paths = [input.recordedAt ?? input.path, ...input.locations.filter((one) => !isUrl(one)).map(fromString)]
  return paths.flatMap((path) =>
    path.startsWith('/') ? [path] : recipe.root === null ? [] : [inRoot(recipe.root, path)],
  )
}

const inRoot = (root: string, path: BytePath): BytePath => `${fromString(root)}/${path}` as BytePath

function planned(input: RecipeInput, usedBy: readonly string[], file: BytePath | null): Omit<PlannedInput, 'users'> {
  const { path, kind, digests, size, recordedAt } = input
  const urls = input.locations.filter(isUrl).map((where): Place => ({ kind: 'url', where, verified: false }))
  const places: Place[] = [...(file === null ? [] : [{ kind: 'file' as const, where: file, verified: true }]), ...urls]
  const base = { path, ...(recordedAt && { recordedAt }), kind, digests, size, usedBy, places }
  if (isInstalled(path)) return { ...base, state: 'environment', why: null }
  if (places.length === 0 && input.memberOf) return { ...base, memberOf: input.memberOf, state: 'member', why: null }
  if (path.startsWith('/')) {
    if (file === path) return { ...base, state: 'at-path', why: null }
    return {
      ...base,
      state: 'missing',
      why: 'it lies outside the workspace, and what is there now has other content or is gone',
    }
  }
  if (places.length === 0 && input.perhapsCommitted) return { ...base, state: 'commit', why: null }
  return places.length > 0
    ? { ...base, state: 'found', why: null }
    : { ...base, state: 'missing', why: whyMissing(input) }
}

const whyMissing = (input: RecipeInput): string =>
  input.reason === null
    ? `no ${input.kind === 'composite' ? 'directory' : 'file'} here has its digest, and no place is recorded`
    : `its content is not known: ${input.reason}`

/** Files of an installation within the workspace are made by its own tool, not copied. */
const isInstalled = (path: BytePath): boolean => /(^|\/)(node_modules|site-packages|\.venv|venv)\//.test(path)
