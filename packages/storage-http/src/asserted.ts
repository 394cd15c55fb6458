/** Digests of the whole file that servers send along, by the names that records have for them. */
type Digests = Record<string, string>

const hex = (base64: string): string => Buffer.from(base64, 'base64').toString('hex')
const names: Readonly<Record<string, string>> = {
  'sha-256': 'sha256',
  'sha-512': 'sha512',
  sha: 'sha1',
  md5: 'md5',
  crc32c: 'crc32c',
}

export function assertedDigests(answers: readonly Headers[]): Digests {
  const found: Digests = {}
  for (const headers of [...answers].reverse())
    Object.assign(
      found,
      hashFields(headers),
      contentMd5(headers),
      ofGoogle(headers),
      ofAmazon(headers),
      ofHuggingFace(headers),
    )
  return found
}

/** RFC 9530 (`sha-256=:…:`) and RFC 3230 before it (`SHA-256=…`). */
function hashFields(headers: Headers): Digests {
  const text = headers.get('repr-digest') ?? headers.get('digest') ?? ''
  const pairs = [...text.matchAll(/([\w-]+)=:?([A-Za-z0-9+/]+={0,2}):?/g)]
  return Object.fromEntries(
    pairs.flatMap(([, name, value]) => {
      const ours = names[(name as string).toLowerCase()]
      return ours ? [[ours, hex(value as string)]] : []
    }),
  )
}

function contentMd5(headers: Headers): Digests {
  const value = headers.get('content-md5')
  return value ? { md5: hex(value) } : {}
}

/** Google Cloud Storage: `crc32c=…,md5=…`. Of what is packed there it is the packed bytes'. */
function ofGoogle(headers: Headers): Digests {
  if ((headers.get('x-goog-stored-content-encoding') ?? 'identity') !== 'identity') return {}
  const pairs = [...(headers.get('x-goog-hash') ?? '').matchAll(/(crc32c|md5)=([A-Za-z0-9+/]+={0,2})/g)]
  return Object.fromEntries(pairs.map(([, name, value]) => [name as string, hex(value as string)]))
}

function ofAmazon(headers: Headers): Digests {
  if (headers.get('x-amz-checksum-type') === 'COMPOSITE') return {}
  const known = ['crc32c', 'crc64nvme', 'sha1', 'sha256']
  return Object.fromEntries(
    known.flatMap((name) => {
      const value = headers.get(`x-amz-checksum-${name}`)
      return value && !/-\d+$/.test(value) ? [[name, hex(value)]] : []
    }),
  )
}

/** Hugging Face: the SHA-256 of what lies in its large file storage, the git blob of what does not. */
function ofHuggingFace(headers: Headers): Digests {
  const etag = headers.get('x-linked-etag')?.replace(/^"|"$/g, '') ?? ''
  if (/^[0-9a-f]{64}$/.test(etag)) return { sha256: etag }
  return /^[0-9a-f]{40}$/.test(etag) ? { 'git-blob-sha1': etag } : {}
}
