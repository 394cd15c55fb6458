/** `roar get URL [DEST]`: fetches data and records where it came from. */
import { RoarError } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import { visible } from '../output/escape.ts'
import type { Report } from '../output/report.ts'
import { RoarCommand } from './roar-command.ts'

export class GetCommand extends RoarCommand {
  static override paths = [['get']]
  static override usage = Command.Usage({
    details:
      'The bytes are hashed as they arrive and compared with whatever digests the store gives; the file gets its name when it is whole. What was interrupted is gone on with by the same command. A URL that ends in / names everything below it. Credentials are those of the tools of AWS (AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL, …) and are never recorded.',
    examples: [
      ['an object of S3', '$0 get s3://bucket/data/train.csv data/'],
      ['everything below a prefix', '$0 get s3://bucket/images/ data/images'],
      ['a composite, by its digest as a whole', '$0 get s3://bucket/store.zarr/ store.zarr --hash HEX'],
      ['a file of the web, by a digest that you know', '$0 get https://example.org/model.bin --hash sha256:9f86d081…'],
      ['what would be fetched', '$0 get s3://bucket/images/ --dry-run'],
    ],
  })

  url = Option.String({ name: 'URL' })
  destination = Option.String({ required: false, name: 'DEST' })
  hash = Option.String('--hash', { description: 'the digest that the bytes must have, in any form that find knows' })
  algorithms = Option.Array('-a,--algorithm', [], { description: 'a further algorithm; may be repeated' })
  force = Option.Boolean('--force', false, { description: 'replace files that are there' })
  dryRun = Option.Boolean('--dry-run', false, { description: 'only say what would be fetched' })
  name = Option.String('-n,--name', { description: 'a name for the step' })
  tag = Option.Array('--tag', [], { description: 'K=V, recorded with the job; may be repeated' })

  async perform(report: Report, services: Services): Promise<void> {
    const [{ get }, { parseTags }, { parseDigest }] = await Promise.all([
      import('../transfer/get.ts'),
      import('../run/run-options.ts'),
      import('../references/digest.ts'),
    ])
    const expected = this.hash === undefined ? null : await parseDigest(this.hash)
    if (this.hash !== undefined && expected === null) throw noDigest(this.hash)
    const { url, destination, algorithms, force: replace, dryRun, name = null } = this
    await get(
      services,
      { url, destination, expected, algorithms, replace, dryRun, name, tags: parseTags(this.tag) },
      report,
    )
  }
}

const noDigest = (text: string): RoarError =>
  new RoarError('ROAR_USAGE', `'${visible(text)}' is no digest.`, { exitCode: 2 })
