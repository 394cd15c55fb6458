/** `roar find HASH`: artifacts by any digest of any algorithm. */
import { type FindDocument, findDocument, type LineageStore, pathFields, RoarError } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import { visible } from '../output/escape.ts'
import type { Report } from '../output/report.ts'
import { findView } from '../output/views/artifact.ts'
import { parseDigest } from '../references/digest.ts'
import { RoarCommand } from './roar-command.ts'

export class FindCommand extends RoarCommand {
  static override paths = [['find']]
  static override usage = Command.Usage({
    details:
      'HASH is a digest, or its first 8 or more hexadecimal digits, with or without the algorithm in front. ETags of object stores, subresource integrity (sha256-…=), multihashes, CIDs, SWHIDs and digests of container registries are understood too.',
    examples: [
      ['by any algorithm', '$0 find 9f86d081884c7d65'],
      ['by one', '$0 find sha256:9f86d081'],
      ['an object of S3', '$0 find \'"9b2cf535f27731c974343645a3985328-5"\''],
      ['a content of Software Heritage', '$0 find swh:1:cnt:94a9ed024d3859793618152ea559a168bbcbb5e2'],
      ['where did this come from? (on any machine)', '$0 find 9f86d081884c7d65 --registry'],
      ['is this file known?', '$0 find "$(sha256sum model.bin | cut -c1-64)"'],
    ],
  })

  asksRegistry = Option.Boolean('--registry', false, {
    description: 'ask the registry for what is not known here; works outside of a workspace too',
  })
  hash = Option.String({ name: 'HASH' })

  async perform(report: Report, services: Services): Promise<void> {
    const digest = await parseDigest(this.hash)
    if (digest === null) {
      throw new RoarError('ROAR_USAGE', `'${visible(this.hash)}' is no digest.`, {
        exitCode: 2,
        remedy: ['Give 8 or more hexadecimal digits.', 'roar find --help shows the other forms'],
      })
    }
    const here = await this.#findHere(services, digest)
    if (here !== null) return report.answer(here, findView)
    const { findThere } = await import('../registry/find-there.ts')
    const there = this.asksRegistry ? await findThere(services, digest) : null
    if (there === null) throw unknownDigest(this.hash, digest.caution, this.asksRegistry)
    const { remoteFindView } = await import('../output/views/remote-artifact.ts')
    report.answer({ ...findDocument(this.hash, []), registry: there }, remoteFindView)
  }

  /** Null: nothing is known of it here. */
  async #findHere(services: Services, digest: Digest): Promise<FindDocument | null> {
    if (this.asksRegistry) {
      const { findWorkspace } = await import('@roar/host')
      if (findWorkspace(services.get('directory')) === null) return null
    }
    const store = await services.get('storeReader')
    const rows = await store.artifactsByDigest(digest.value, digest.algorithm)
    const known = await Promise.all(rows.map((row) => store.artifact(row.id)))
    const found = known.filter((record) => record !== null)
    // A file that was only ever recorded as a member of something.
    const members = found.length === 0 ? await membersOf(store, digest.value) : []
    if (found.length + members.length === 0) return null
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

const unknownDigest = (hash: string, cause = '', asked = false): RoarError =>
  new RoarError(
    'ROAR_REF_UNKNOWN',
    `No ${asked ? 'recorded or published' : 'recorded'} artifact has the digest ${visible(hash)}.`,
    {
      cause,
      remedy: [
        'roar hash FILE prints the digests that roar would record for a file',
        ...(asked ? [] : ['--registry asks the registry']),
      ],
    },
  )
