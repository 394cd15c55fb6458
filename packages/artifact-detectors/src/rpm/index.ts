/** Packages of Fedora, Red Hat, SUSE and their kin. Their database has had three forms; rpm itself reads all of them. */
import { type ArtifactDetector, type BytePath, formatPackageUrl, type Probe } from '@roar/core'
import { digestTable } from '../owner-index/digest-table.ts'
import { distroQualifier, osRelease } from '../owner-index/os-release.ts'
import { OwnerIndexBuilder } from '../owner-index/owner-index.ts'
import { systemDetector } from '../owner-index/system-detector.ts'

const places = ['/usr/lib/sysimage/rpm', '/var/lib/rpm'].flatMap((folder) =>
  ['rpmdb.sqlite', 'Packages.db', 'Packages'].map((name) => `${folder}/${name}` as BytePath),
)
/** Milliseconds: a locked database must not hold the record. */
const patience = 20_000

/** What rpm answers to a query format for all packages; empty when it cannot be asked. */
export type RpmQuery = (format: string) => string

export const createRpmDetector = (): ArtifactDetector => rpmDetector(systemQuery)

export function rpmDetector(query: RpmQuery, databases: readonly BytePath[] = places): ArtifactDetector {
  return systemDetector({
    name: 'rpm',
    version: 2,
    source: (probe) => databases.find((one) => probe.exists(one)) ?? null,
    // What was committed stands there alone for as long as another program has the database open: https://www.sqlite.org/wal.html
    beside: (source) => [`${source}-wal` as BytePath],
    owners: (probe) => buildOwners(query(ownersFormat), probe),
    digests: { algorithm: 'sha256', length: 32, table: () => digestTable(digests(query(digestsFormat)), 32) },
  })
}

/** A package's line begins with `=`, its files follow. Tabs are in no package's name, and in no file that one of them has brought. */
const ownersFormat = '=%{NAME}\\t%{EPOCHNUM}\\t%{VERSION}-%{RELEASE}\\t%{ARCH}\\n[%{FILENAMES}\\n]'
/** Flag 1 is a settings file: it is there to be changed. Algorithm 8 is SHA-256. */
const digestsFormat = '[%{FILEFLAGS}\\t%{FILEDIGESTS}\\t%{FILENAMES}\\n]'

function systemQuery(format: string): string {
  // Loaded here because it costs 2 ms at every start.
  const { spawnSync } = process.getBuiltinModule('node:child_process')
  const done = spawnSync('rpm', ['-qa', '--queryformat', format], {
    encoding: 'latin1',
    timeout: patience,
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return done.status === 0 ? done.stdout : ''
}

function buildOwners(answer: string, probe: Probe): Uint8Array {
  const builder = new OwnerIndexBuilder()
  const release = osRelease(probe)
  for (const block of answer.split(/^=/m)) {
    const [head = '', ...files] = block.split('\n')
    const [name = '', epoch = '0', version = '', arch = ''] = head.split('\t')
    if (version === '') continue
    const qualifiers = { arch, epoch: epoch === '0' ? null : epoch, distro: distroQualifier(release) }
    const purl = formatPackageUrl({ type: 'rpm', namespace: release?.id ?? null, name, version, qualifiers })
    const owned = { ecosystem: 'rpm', package: name, version, purl, id: `${name}-${version}.${arch}` }
    builder.add(
      owned,
      files.filter((file) => file.startsWith('/')),
    )
  }
  return builder.build()
}

function* digests(answer: string): Iterable<readonly [string, string]> {
  for (const line of answer.split('\n')) {
    const [flags, digest = '', file] = line.split('\t')
    if (file !== undefined && (Number(flags) & 1) === 0 && /^[0-9a-f]{64}$/.test(digest)) yield [file, digest]
  }
}
