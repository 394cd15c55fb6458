/** Does a proof lead to its root, does the root belong to a composite that is recorded here, and does a file hold the member's bytes? */
import { lstatSync, readFileSync, readlinkSync } from 'node:fs'
import { resolve } from 'node:path'
import { type CompositePort, decodeProof, display, fromString, hex, isSound, type Proof, RoarError } from '@roar/core'
import type { Services } from '../composition/services.ts'
import { visible } from '../output/escape.ts'

export interface ProofVerdict {
  readonly schema: 'roar.proof-verdict/1'
  readonly verdict: 'identical' | 'different'
  readonly root: string
  readonly path: string
  readonly size: number
  readonly digest: string
  readonly members: number
  /** The siblings lead from the member to the root. */
  readonly sound: boolean
  /** Null: no file was named. */
  readonly content: boolean | null
  /** Where a composite with this root is recorded; empty where none is known. */
  readonly known: readonly string[]
}

export async function verifyProof(services: Services, file: string, name: string | null): Promise<ProofVerdict> {
  const directory = services.get('directory')
  const proof = readProof(resolve(directory, file))
  const port = await services.get('composites')
  if (!port)
    throw new RoarError('ROAR_HASH_UNKNOWN', 'No BLAKE3 is active here.', { remedy: ['roar plugin list'], exitCode: 1 })
  const sound = isSound(proof, (data, ends) => port.hashEach(data, ends))
  const content = name === null ? null : await holds(services, port, resolve(directory, name), proof)
  return {
    schema: 'roar.proof-verdict/1',
    verdict: sound && content !== false ? 'identical' : 'different',
    root: hex(proof.root),
    path: display(proof.path),
    size: proof.size,
    digest: hex(proof.digest),
    members: proof.members,
    sound,
    content,
    known: sound ? await recordedAt(services, hex(proof.root)) : [],
  }
}

/** As it was written, or the document of `roar hash --prove --json`. */
function readProof(file: string): Proof {
  const bytes = readFileSync(file)
  const proof = decodeProof(bytes) ?? decodeProof(Buffer.from(encodedIn(bytes), 'base64'))
  if (proof) return proof
  throw new RoarError('ROAR_USAGE', `'${visible(file)}' is no proof.`, {
    exitCode: 2,
    remedy: ['roar hash --prove MEMBER --output FILE writes one'],
  })
}

function encodedIn(bytes: Buffer): string {
  try {
    return String(JSON.parse(bytes.toString('utf8')).encoded)
  } catch {
    return ''
  }
}

async function holds(services: Services, port: CompositePort, path: string, proof: Proof): Promise<boolean> {
  if (proof.type === 'link') {
    if (!lstatSync(path).isSymbolicLink()) return false
    const target = readlinkSync(path, 'buffer')
    return hex(port.hashEach(target, Uint32Array.of(target.length))) === hex(proof.digest)
  }
  const hashes = await services.get('hashes')
  const [found] = await hashes.hash([fromString(path)], { algorithms: ['blake3'] })
  return found?.digests?.blake3 === hex(proof.digest) && Number(found.stamp?.size) === proof.size
}

async function recordedAt(services: Services, root: string): Promise<readonly string[]> {
  const store = await services.get('storeReader')
  const rows = await store.artifactsByDigest(root, 'blake3')
  const records = await Promise.all(rows.map((row) => store.artifact(row.id)))
  return records.flatMap((one) => one?.locations.map(display) ?? [])
}
