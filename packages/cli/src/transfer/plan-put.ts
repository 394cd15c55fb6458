/** Which files go where: files, directories with all that is below them, the outputs of steps. */
import { lstatSync, readdirSync, statSync } from 'node:fs'
import { basename, join, relative, resolve, sep } from 'node:path'
import { type Digests, isUrl, parseStepName, RoarError, toText } from '@roar/core'
import type { Services } from '../composition/services.ts'
import { visible } from '../output/escape.ts'
import { lookUp } from '../references/look-up.ts'

export interface PlannedPut {
  /** Absolute. */
  readonly file: string
  readonly url: string
  readonly size: number
  /** What a step recorded of it: it must still be so. */
  readonly recorded?: Digests
}

interface Source {
  readonly file: string
  /** Below the URL. */
  readonly name: string
  readonly recorded?: Digests
}

export async function planPut(
  services: Services,
  words: readonly string[],
  url: string,
): Promise<readonly PlannedPut[]> {
  const sources = (await Promise.all(words.map((word) => sourcesOf(services, word)))).flat()
  if (sources.length === 0) throw nothingToSend(words)
  const several =
    url.endsWith('/') || sources.length > 1 || isDirectory(resolve(services.get('directory'), words[0] ?? ''))
  const planned = sources.map(({ name, ...source }) => ({
    ...source,
    url: several ? `${url.replace(/\/$/, '')}/${name}` : url,
    size: statSync(source.file).size,
  }))
  refuseTwice(planned)
  return planned
}

async function sourcesOf(services: Services, word: string): Promise<readonly Source[]> {
  if (parseStepName(word)) return outputsOf(services, word)
  const path = resolve(services.get('directory'), word)
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found) throw new RoarError('ROAR_TRANSFER_READ', `'${visible(word)}' is not there.`, { exitCode: 2 })
  if (!isDirectory(path)) return [{ file: path, name: basename(path) }]
  return filesBelow(path).map((file) => ({ file, name: relative(path, file).split(sep).join('/') }))
}

/** Regular files; links are not followed out of the directory, and what is no file has no bytes to send. */
function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

async function outputsOf(services: Services, word: string): Promise<readonly Source[]> {
  const { root } = await services.get('workspace')
  const { reference, store } = await lookUp(services, word)
  const record = reference.is === 'job' ? await store.job(reference.job.id) : null
  const outputs = (record?.outcome?.outputs ?? []).filter((edge) => edge.kind === 'file' && edge.reason === null)
  return outputs.flatMap(({ path, digests }) => {
    const text = toText(path)
    if (text === null || isUrl(text)) return []
    const file = resolve(root, text)
    if (lstatSync(file, { throwIfNoEntry: false }) === undefined) throw gone(word, text)
    return [{ file, name: text.startsWith('/') ? basename(text) : text, recorded: digests }]
  })
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

const nothingToSend = (words: readonly string[]): RoarError =>
  new RoarError('ROAR_USAGE', `There is no file in ${words.map(visible).join(', ')}.`, { exitCode: 2 })

const gone = (step: string, path: string): RoarError =>
  new RoarError('ROAR_TRANSFER_CHANGED', `'${visible(path)}', an output of ${step}, is not there any more.`, {
    remedy: [`roar run ${step} makes it again`],
  })
