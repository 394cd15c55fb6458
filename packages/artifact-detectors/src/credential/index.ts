/** Secrets. They are counted, and never hashed, listed as inputs or published. */
import type { ArtifactDetector, BytePath, Detection, Probe } from '@roar/core'
import { baseName, byDirectory, extension } from '../by-directory.ts'
import { secretFiles, secretFolders, secretTrees } from './places.ts'

const credential: Detection = { is: 'credential' }

/** Nothing else is kept in these: PKCS#12, PuTTY, KeePass, Java key stores, Kerberos key tables. */
const secretEndings = new Set(['p12', 'pfx', 'ppk', 'kdbx', 'jks', 'keystore', 'keytab'])
/** May hold a private key, or only public certificates: the contents say which. */
const keyEndings = new Set(['pem', 'key', 'p8', 'pkcs8', 'asc', 'gpg', 'json'])
/** Heads of all JSON data would cost an open each. */
const suspectJson =
  /(service.?account|credential|client.?secret|oauth|token|[-_]key|^key|^sa|gcp|firebase|adminsdk).*\.json$/i
const privateKey = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/
const secretJson = /"(?:private_key|refresh_token|client_secret)"\s*:\s*"/
/** `.env.example` is the one that is committed. */
const dotEnv = /^\.env(\.(?!(example|sample|template|dist|defaults?)$)[\w.-]+)?$/
const kerberosCache = /^\/tmp\/krb5cc/

export function createCredentialDetector(): ArtifactDetector {
  const inSecretFolder = byDirectory((directory) => secretFolders.test(directory) || secretTrees.test(directory))
  return {
    name: 'credential',
    inDirectory: (directory) => (inSecretFolder(`${directory}/`) ? credential : null),
    detect({ path }, probe) {
      const name = baseName(path)
      return inSecretFolder(path) || isNamed(path, name) || holdsKey(path, name, probe) ? credential : null
    },
  }
}

function isNamed(path: string, name: string): boolean {
  const places = secretFiles.get(name)
  if (places !== undefined) {
    const directory = path.slice(0, -name.length - 1)
    return places.some(
      (place) => place === '' || (place.startsWith('/') ? directory === place : directory.endsWith(`/${place}`)),
    )
  }
  return (
    secretEndings.has(extension(name)) ||
    (name.startsWith('.env') && dotEnv.test(name)) ||
    (name.startsWith('krb5cc') && kerberosCache.test(path))
  )
}

function holdsKey(path: BytePath, name: string, probe: Probe): boolean {
  const ending = extension(name)
  if (!keyEndings.has(ending) && !/^ssh_host_.*_key$/.test(name)) return false
  if (ending === 'json' && !suspectJson.test(name)) return false
  const head = probe.head(path, 64 * 1024)
  if (head === null) return false
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1')
  return (ending === 'json' ? secretJson : privateKey).test(text)
}
