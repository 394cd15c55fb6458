/** What a step left behind, as it is to be sent: files, and composites with all of their members. It must still be what was recorded. */
import { lstatSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import {
  type Digests,
  display,
  fromString,
  isUrl,
  type PathFields,
  pathFields,
  RoarError,
  type StoredOutput,
  toFsPath,
  toText,
} from '@roar/core'
import type { Services } from '../composition/services.ts'
import { compositeNamed } from '../hashing/find-composite.ts'
import { hashComposite } from '../hashing/hash-composite.ts'
import { visible } from '../output/escape.ts'
import { lookUp } from '../references/look-up.ts'

export interface StepFile {
  /** Absolute. */
  readonly file: string
  /** Below the URL. */
  readonly name: string
  /** What a step recorded of it: it must still be so. */
  readonly recorded?: Digests
}

export interface SentComposite {
  /** Absolute: a directory, or a set of files by its name with `*`. */
  readonly folder: string
  /** Below the URL; of what the names of its members are relative to. */
  readonly name: string
  /** It was recorded as one artifact. */
  readonly declared: boolean
}

export interface LeftOut extends PathFields {
  readonly reason: string
}

export interface StepOutputs {
  readonly files: readonly StepFile[]
  readonly composites: readonly SentComposite[]
  readonly leftOut: readonly LeftOut[]
}

export async function stepOutputs(services: Services, word: string): Promise<StepOutputs> {
  const { root } = await services.get('workspace')
  const { reference, store } = await lookUp(services, word)
  const record = reference.is === 'job' ? await store.job(reference.job.id) : null
  const files: StepFile[] = []
  const composites: SentComposite[] = []
  const leftOut: LeftOut[] = []
  for (const output of record?.outcome?.outputs ?? []) {
    const text = toText(output.path)
    const why = whyNot(output, text)
    if (why !== null) leftOut.push({ ...pathFields(output.path), reason: why })
    if (why !== null || text === null) continue
    const file = resolve(root, text)
    const name = text.startsWith('/') ? basename(text) : text
    if (output.kind === 'file') {
      if (lstatSync(file, { throwIfNoEntry: false }) === undefined) throw gone(word, text)
      files.push({ file, name, recorded: output.digests })
      continue
    }
    const parts = await compositeParts(services, word, output, { file, name })
    files.push(...parts.files)
    leftOut.push(...parts.leftOut)
    if (parts.leftOut.length === 0) composites.push(parts.composite)
  }
  return { files, composites, leftOut }
}

function whyNot({ reason }: StoredOutput, text: string | null): string | null {
  if (reason !== null) return `its content is not known: ${reason}`
  if (text === null) return 'its name is not UTF-8, and those of a store are'
  return isUrl(text) ? 'it lies in a store already' : null
}

async function compositeParts(services: Services, word: string, output: StoredOutput, place: StepFile) {
  const named = await compositeNamed(services, fromString(place.file))
  const found = named && (await hashComposite(services, named.found, named.classifier))
  if (!named || !found || found.members === 0) throw gone(word, place.name)
  if (found.digests?.blake3 !== output.digests.blake3) throw changed(word, place.name)
  const isSet = named.found.name !== undefined
  const base = isSet ? place.name.slice(0, place.name.lastIndexOf('/') + 1) : `${place.name}/`
  const files: StepFile[] = []
  const leftOut: LeftOut[] = []
  for (const { path, type } of found.each()) {
    const inside = toText(path)
    if (inside !== null && type === 'file')
      files.push({ file: `${toFsPath(named.found.root)}/${inside}`, name: base + inside })
    else
      leftOut.push({
        path: `${place.name}/${display(path)}`,
        reason:
          inside === null ? 'its name is not UTF-8, and those of a store are' : 'it is a link, and a store has none',
      })
  }
  return { files, leftOut, composite: { folder: place.file, name: base, declared: true } }
}

const gone = (step: string, path: string): RoarError =>
  new RoarError('ROAR_TRANSFER_CHANGED', `'${visible(path)}', an output of ${step}, is not there any more.`, {
    remedy: [`roar run ${step} makes it again`],
  })

const changed = (step: string, path: string): RoarError =>
  new RoarError('ROAR_TRANSFER_CHANGED', `'${visible(path)}', an output of ${step}, is not what was recorded.`, {
    cause: 'A member of it was changed, added or removed since.',
    remedy: [`roar verify ${step} says which`, `roar run ${step} makes it again`],
  })
