/** Logins at registries: one file of the user's, which nobody else may read. Secrets may lie in the system's keyring instead. */
import { readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { RoarError } from '@roar/core'
import { makePrivateDirectory, replaceFile } from '@roar/host'
import { type Env, keyring } from './keyring.ts'

export type Login = TokenLogin | SshLogin

export interface TokenLogin {
  /** `device`: by browser, can be renewed; `token`: handed over. */
  readonly method: 'device' | 'token'
  readonly access_token: string
  readonly refresh_token: string | null
  /** Milliseconds since the epoch; null when it is not known. */
  readonly expires_at: number | null
  readonly provider: string | null
  readonly user: { readonly id: string; readonly username: string; readonly email: string | null } | null
  /** The tokens lie in the keyring. */
  readonly keyring?: boolean
}

export interface SshLogin {
  readonly method: 'ssh'
  readonly key: string
  readonly user: TokenLogin['user']
}

interface AuthFile {
  readonly version: 1
  /** By address. */
  readonly registries: Readonly<Record<string, Login>>
}

export class Logins {
  readonly path: string
  readonly #env: Env

  constructor(path: string, env: Env) {
    this.path = path
    this.#env = env
  }

  async get(registry: string): Promise<Login | null> {
    const login = this.#read().registries[registry] ?? null
    if (login === null || login.method === 'ssh' || !login.keyring) return login
    const secret = await keyring(this.#env).get(registry)
    return secret === null ? null : { ...login, ...(JSON.parse(secret) as Pick<TokenLogin, 'access_token'>) }
  }

  async put(registry: string, login: Login): Promise<void> {
    let written = login
    if (login.method !== 'ssh' && login.keyring) {
      const { access_token, refresh_token } = login
      await keyring(this.#env).put(registry, JSON.stringify({ access_token, refresh_token }))
      written = { ...login, access_token: '', refresh_token: null }
    }
    this.#write({ ...this.#read().registries, [registry]: written })
  }

  /** False: there was none. */
  async remove(registry: string): Promise<boolean> {
    const { [registry]: login, ...others } = this.#read().registries
    if (login === undefined) return false
    if (login.method !== 'ssh' && login.keyring) await keyring(this.#env).remove(registry)
    if (Object.keys(others).length > 0) this.#write(others)
    else rmSync(this.path, { force: true })
    return true
  }

  #read(): AuthFile {
    let text: string
    try {
      text = readFileSync(this.path, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { version: 1, registries: {} }
      throw this.#unusable((error as Error).message)
    }
    try {
      const file = JSON.parse(text) as AuthFile
      if (file.version === 1 && typeof file.registries === 'object') return file
    } catch {}
    throw this.#unusable('It is not what roar writes there.')
  }

  #write(registries: AuthFile['registries']): void {
    makePrivateDirectory(dirname(this.path))
    replaceFile(this.path, `${JSON.stringify({ version: 1, registries } satisfies AuthFile, null, 2)}\n`)
  }

  #unusable(cause: string): RoarError {
    return new RoarError('ROAR_LOGIN_FILE', `${this.path} cannot be used.`, {
      cause,
      remedy: [`rm ${this.path}`, 'roar login'],
    })
  }
}
