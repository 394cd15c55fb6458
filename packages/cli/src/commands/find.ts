/** `roar find HASH`: artifacts by any digest of any algorithm. */
import { type FindDocument, findDocument, type LineageStore, pathFields, RoarError } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import { recordedAlgorithms } from '../hashing/known-algorithms.ts'
import { visible } from '../output/escape.ts'
import type { Report } from '../output/report.ts'
import { findView } from '../output/views/artifact.ts'
import { parseDigest } from '../references/digest.ts'
import { type AskedRegistry, askedRegistry } from '../registry/registry-option.ts'
import { registryOption } from './registry-option.ts'
import { RoarCommand } from './roar-command.ts'

export class FindCommand extends RoarCommand {
  static override paths = [['find']]
  static override usage = Command.Usage({
    details:
      'HASH is a digest, or its first 8 or more hexadecimal digits, with or without the algorithm in front. ETags of object stores, subresource integrity (sha256-…=), multihashes, CIDs, SWHIDs, digests of container registries, Content-MD5 and other checksums in base64, headers that tell one and lines of sha256sum are understood too.',
    examples: [
      ['by any algorithm', '$0 find 9f86d081884c7d65'],
      ['by one', '$0 find sha256:9f86d081'],
      ['an object of S3', '$0 find \'"9b2cf535f27731c974343645a3985328-5"\''],
      ['a content of Software Heritage', '$0 find swh:1:cnt:94a9ed024d3859793618152ea559a168bbcbb5e2'],
      ['where did this come from? (on any machine)', '$0 find 9f86d081884c7d65 --registry'],
      ['is this file known?', '$0 find "$(roar hash model.bin | cut -c1-64)"'],
    ],
  })

  registry = registryOption()
  hash = Option.String({ name: 'HASH' })

  async perform(report: Report, services: Services): Promise<void> {
    const digest = await parseDigest(this.hash)
    if (digest === null) {
      throw new RoarError('ROAR_USAGE', `'${visible(this.hash)}' is no digest.`, {
        exitCode: 2,
        remedy: ['Give 8 or more hexadecimal digits.', 'roar find --help shows the other forms'],
      })
    }
    const asked = askedRegistry(this.registry)
    if (asked) return this.#findThere(report, services, digest, asked)
    report.answer(await this.#findHere(services, digest), findView)
  }

  async #findThere(report: Report, services: Services, digest: Digest, asked: AskedRegistry): Promise<void> {
    const { findThere } = await import('../registry/find-there.ts')
    const { remoteFindView } = await import('../output/views/remote-artifact.ts')
    const there = await findThere(services, digest, asked.address)
    if (there === null) throw unknownDigest(this.hash, digest.caution, true)
    report.answer({ ...findDocument(this.hash, []), registry: there }, remoteFindView)
  }

  async #findHere(services: Services, digest: Digest): Promise<FindDocument> {
    const store = await services.get('storeReader')
    const rows = await store.artifactsByDigest(digest.value, digest.algorithm)
    const known = await Promise.all(rows.map((row) => store.artifact(row.id)))
    const found = known.filter((record) => record !== null)
    // A file that was only ever recorded as a member of something.
    const members = found.length === 0 ? await membersOf(store, digest.value) : []
    if (found.length + members.length === 0)
      throw unknownDigest(this.hash, digest.caution ?? (await whatIsKnown(services)), false)
    const records = [...found, ...members.map((one) => one.record)]
    return findDocument(
      this.hash,
      records,
      members.map((one) => one.body),
    )
  }
}

type Digest = NonNullable<Awaited<ReturnType<typeof parseDigest>>>

async function membersOf(store: LineageStore, hash: string) {
  const matches = await store.membersByDigest(hash)
  const found = await Promise.all(
    matches.map(async ({ artifact, member }) => {
      const record = await store.artifact(artifact.id)
      const { size, digests } = member
      return (
        record && { record, body: { of: artifact.digests.blake3 ?? '', ...pathFields(member.path), size, digests } }
      )
    }),
  )
  return found.filter((one) => one !== null)
}

/** A file may well be known here, and not by this algorithm. */
async function whatIsKnown(services: Services): Promise<string> {
  const algorithms = recordedAlgorithms(await services.get('config'))
  return `Runs are recorded here with ${algorithms.join(', ')}; other digests only where a run asked for them.`
}

const unknownDigest = (hash: string, cause: string | undefined, asked: boolean): RoarError =>
  new RoarError(
    'ROAR_REF_UNKNOWN',
    `No ${asked ? 'published' : 'recorded'} artifact has the digest ${visible(hash)}.`,
    {
      ...(cause === undefined ? {} : { cause }),
      remedy: [
        'roar hash FILE prints the digests that roar would record for a file',
        ...(asked ? [] : ['--registry asks the registry']),
      ],
    },
  )
