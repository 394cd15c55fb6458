/** Authorisation by an SSH key: the request is signed as `ssh-keygen -Y sign` does, in the namespace `glaas`. */
import { createHash } from 'node:crypto'
import { RoarError } from '@roar/core'

export interface SignedRequest {
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly body: Uint8Array | null
}

/** The value of the Authorization header. The key may be one that an agent holds: `path` is that of the private or the public key. */
export async function signWithKey(path: string, request: SignedRequest, now = Date.now()): Promise<string> {
  const ts = String(Math.floor(now / 1000))
  const text = [ts, request.method, request.path, ...(request.body ? [sha256(request.body)] : [])].join('\n')
  const fingerprint = await fingerprintOf(path)
  const armored = await sshKeygen(['-q', '-Y', 'sign', '-n', 'glaas', '-f', path], text)
  const sig = armored.replace(/-----(BEGIN|END) SSH SIGNATURE-----|\s/g, '')
  return `Signature keyid="${fingerprint}" ts="${ts}" sig="${sig}"`
}

/** Asked once: a publication is many requests. */
const fingerprints = new Map<string, Promise<string>>()

function fingerprintOf(path: string): Promise<string> {
  const known = fingerprints.get(path)
  if (known) return known
  const asked = sshKeygen(['-l', '-E', 'sha256', '-f', path], '').then((line) => line.split(' ')[1] as string)
  fingerprints.set(path, asked)
  return asked
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Signs what stands on its standard input, so that nothing is written to disk. */
async function sshKeygen(words: readonly string[], input: string): Promise<string> {
  const { spawn } = await import('node:child_process')
  return new Promise((resolve, reject) => {
    const child = spawn('ssh-keygen', words, { stdio: ['pipe', 'pipe', 'pipe'] })
    const [out, err]: [Buffer[], Buffer[]] = [[], []]
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.on('error', (error: NodeJS.ErrnoException) => reject(noSignature(error.message)))
    child.on('close', (status) => {
      if (status === 0) resolve(Buffer.concat(out).toString())
      else reject(noSignature(Buffer.concat(err).toString().trim()))
    })
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

const noSignature = (cause: string): RoarError =>
  new RoarError('ROAR_SSH_KEY', 'The SSH key could not sign the request.', {
    cause,
    remedy: ['ssh-add -l lists the keys of the agent', 'roar login logs in by browser'],
  })
