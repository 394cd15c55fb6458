/** What a jar holds, kept between runs: a program of the Java platform starts with hundreds of them, and to look into one takes a millisecond at first. */
import type { BytePath, PackageFound, Probe } from '@roar/core'
import { pathKey } from '../owner-index/path-key.ts'
import { packagesInJar } from './jar.ts'

/** Tables in the user's cache; of two jars that meet in one the later is remembered. */
const places = 4096

type Listed = readonly (readonly [name: string, version: string | null])[]

/** The place is that of the question: another link to the jar has the same table. */
export const packagesOfJar = (path: BytePath, probe: Probe): readonly PackageFound[] =>
  listOf(path, probe).map(([name, version]) => ({ ecosystem: 'maven', package: name, version, location: path }))

function listOf(path: BytePath, probe: Probe): Listed {
  const table = probe.derived(`jar-1-${pathKey(path) % places}`, path, () =>
    Buffer.from(JSON.stringify(look(path, probe))),
  )
  try {
    return JSON.parse(Buffer.from(table.buffer, table.byteOffset, table.byteLength).toString('utf8'))
  } catch {
    return look(path, probe)
  }
}

const look = (path: BytePath, probe: Probe): Listed =>
  packagesInJar(path, probe).map(({ package: name, version }) => [name, version])
