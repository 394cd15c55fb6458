/** Libraries of the Java platform: jars in Maven's and Gradle's stores, and what a jar says of itself and of those packed into it. */
import type { ArtifactDetector, BytePath, Detection, PackageFound, PackageRecord, Probe } from '@roar/core'
import { packagesOfJar } from './remembered-jar.ts'

type Package = Extract<Detection, { is: 'package' }>

const inMaven = /^.*\/\.m2\/repository\/(.+)\/([^/]+)\/([^/]+)\/[^/]+$/
const inGradle = /^.*\/modules-2\/files-2\.1\/([^/]+)\/([^/]+)\/([^/]+)\/([0-9a-f]{32,40})\/[^/]+$/
const archive = /\.(?:jar|war|ear|aar)$/

export function createJavaDetector(): ArtifactDetector {
  return {
    name: 'java',
    lockFiles: {
      maven: [
        'gradle.lockfile',
        'gradle/verification-metadata.xml',
        'gradle/libs.versions.toml',
        'pom.xml',
        'build.sbt.lock',
      ],
    },
    detect({ path }) {
      const found = stored(path)
      // Descriptions and checksums are read to find out what is needed.
      return found && !archive.test(path) ? { ...found, incidental: true } : found
    },
    packagesOf({ path }, probe): readonly PackageFound[] {
      return archive.test(path) && stored(path) === null ? packagesOfJar(path, probe) : []
    },
    recorded: (path, probe) => gradleRecord(path) ?? mavenRecord(path, probe),
  }
}

function stored(path: BytePath): Package | null {
  const [, group, artifact, version] = inGradle.exec(path) ?? []
  if (group !== undefined) return maven(`${group}:${artifact}`, version as string, path)
  const [, folders, name, release] = inMaven.exec(path) ?? []
  return folders === undefined ? null : maven(`${folders.replaceAll('/', '.')}:${name}`, release as string, path)
}

const maven = (name: string, version: string, location: BytePath): Package => ({
  ...{ is: 'package', ecosystem: 'maven', package: name, version, location },
})

/** The folder is named by the digest, without the zeros that it begins with. */
function gradleRecord(path: BytePath): PackageRecord | null {
  const digest = inGradle.exec(path)?.[4]?.padStart(40, '0')
  return digest === undefined ? null : { file: path, record: path, expected: () => ({ algorithm: 'sha1', digest }) }
}

/** Maven keeps what the repository said beside the file. */
function mavenRecord(path: BytePath, probe: Probe): PackageRecord | null {
  const record = `${path}.sha1` as BytePath
  if (!archive.test(path) || !inMaven.test(path) || !probe.exists(record)) return null
  return {
    file: path,
    record,
    expected() {
      const digest = /\b[0-9a-f]{40}\b/i.exec(probe.text(record) ?? '')?.[0]
      return digest ? { algorithm: 'sha1', digest: digest.toLowerCase() } : null
    },
  }
}
