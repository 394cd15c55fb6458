/** Which files go where: files, directories with all that is below them, the outputs of steps. */
import { type Dirent, lstatSync, readdirSync, statSync } from 'node:fs'
import { basename, join, relative, resolve, sep } from 'node:path'
import { type Digests, fromString, parseStepName, pathFields, RoarError } from '@roar/core'
import type { Services } from '../composition/services.ts'
import { visible } from '../output/escape.ts'
import { type LeftOut, type StepOutputs, stepOutputs } from './step-outputs.ts'

export interface PlannedPut {
  /** Absolute. */
  readonly file: string
  readonly url: string
  readonly size: number
  /** What a step recorded of it: it must still be so. */
  readonly recorded?: Digests
}

export interface PutPlan {
  readonly files: readonly PlannedPut[]
  /** What is to be recorded as one artifact; `url` ends in a slash. */
  readonly composites: readonly { readonly folder: string; readonly url: string; readonly declared: boolean }[]
  readonly leftOut: readonly LeftOut[]
}

export async function planPut(services: Services, words: readonly string[], url: string): Promise<PutPlan> {
  const found = await Promise.all(words.map((word) => sourcesOf(services, word)))
  const sources = found.flatMap((one) => one.files)
  const leftOut = found.flatMap((one) => one.leftOut)
  if (sources.length === 0) throw nothingToSend(words, leftOut)
  const several =
    url.endsWith('/') || sources.length > 1 || isDirectory(resolve(services.get('directory'), words[0] ?? ''))
  const below = (name: string): string => `${url.replace(/\/$/, '')}/${name}`
  const files = sources.map(({ name, ...source }) => ({
    ...source,
    url: several ? below(name) : url,
    size: statSync(source.file).size,
  }))
  refuseTwice(files)
  const composites = found.flatMap((one) => one.composites)
  return { files, leftOut, composites: composites.map(({ name, ...one }) => ({ ...one, url: below(name) })) }
}

async function sourcesOf(services: Services, word: string): Promise<StepOutputs> {
  if (parseStepName(word)) return stepOutputs(services, word)
  const path = resolve(services.get('directory'), word)
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found) throw new RoarError('ROAR_TRANSFER_READ', `'${visible(word)}' is not there.`, { exitCode: 2 })
  if (!isDirectory(path)) return { ...none, files: [{ file: path, name: basename(path) }] }
  const { files, leftOut } = entriesBelow(path)
  const sent = files.map((file) => ({ file, name: relative(path, file).split(sep).join('/') }))
  // One of which a member cannot be sent is another one there.
  const composites = leftOut.length === 0 ? [{ folder: path, name: '', declared: false }] : []
  return { files: sent, leftOut, composites }
}

const none: StepOutputs = { files: [], composites: [], leftOut: [] }

/** Regular files; links are not followed out of the directory, and what is no file has no bytes to send: both are named. */
function entriesBelow(directory: string): { readonly files: readonly string[]; readonly leftOut: readonly LeftOut[] } {
  const entries = readdirSync(directory, { withFileTypes: true, recursive: true }).filter((one) => !one.isDirectory())
  const pathOf = (entry: Dirent): string => join(entry.parentPath, entry.name)
  return {
    files: entries
      .filter((entry) => entry.isFile())
      .map(pathOf)
      .sort(),
    leftOut: entries
      .filter((entry) => !entry.isFile())
      .map((entry) => ({
        ...pathFields(fromString(pathOf(entry))),
        reason: entry.isSymbolicLink() ? 'it is a link, and a store has none' : 'it is no file',
      })),
  }
}

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

function refuseTwice(planned: readonly PlannedPut[]): void {
  const seen = new Map<string, string>()
  for (const { url, file } of planned) {
    const other = seen.get(url)
    if (other !== undefined)
      throw new RoarError(
        'ROAR_USAGE',
        `'${visible(other)}' and '${visible(file)}' would both become ${visible(url)}.`,
        {
          exitCode: 2,
        },
      )
    seen.set(url, file)
  }
}

const nothingToSend = (words: readonly string[], leftOut: readonly LeftOut[]): RoarError =>
  new RoarError('ROAR_USAGE', `There is no file in ${words.map(visible).join(', ')}.`, {
    ...(leftOut.length > 0 && { cause: leftOut.map((one) => `${visible(one.path)}: ${one.reason}`).join('\n') }),
    exitCode: 2,
  })
