/** Accounts of a registry: logging in, who one is, tokens, keys, projects. */

export interface RegistryAccounts {
  /** Begins a login that a person approves in a browser (RFC 8628). */
  startLogin(clientName: string): Promise<DeviceLogin>
  /** Null while nobody has decided yet; `slow` when it was asked too often. Rejects when it was denied or has expired. */
  pollLogin(deviceCode: string): Promise<LoginTokens | 'slow' | null>
  refresh(refreshToken: string): Promise<LoginTokens>
  logout(refreshToken: string): Promise<void>
  whoAmI(): Promise<RegistryIdentity>
  projects(): Promise<readonly RegistryProject[]>
  createProject(name: string, visibility: 'private' | 'public'): Promise<RegistryProject>
  tokens(): Promise<readonly ApiToken[]>
  createToken(request: ApiTokenRequest): Promise<ApiToken & { readonly token: string }>
  revokeToken(id: string): Promise<void>
  addKey(publicKey: string, name: string): Promise<RegistryKey>
  keys(): Promise<readonly RegistryKey[]>
  removeKey(fingerprint: string): Promise<void>
}

export interface DeviceLogin {
  readonly device_code: string
  readonly user_code: string
  readonly verification_uri: string
  readonly verification_uri_complete: string
  /** Seconds. */
  readonly expires_in: number
  readonly interval: number
}

export interface LoginTokens {
  readonly access_token: string
  readonly refresh_token: string
  /** Seconds. */
  readonly expires_in: number
  readonly provider: string
  readonly issuer: string
  readonly user: RegistryUser
}

export interface RegistryUser {
  readonly id: string
  readonly username: string
  readonly email: string | null
}

export interface RegistryIdentity {
  readonly authenticated: boolean
  readonly method: 'anonymous' | 'token' | 'ssh'
  readonly rights: readonly string[]
  readonly user: RegistryUser | null
}

export interface RegistryProject {
  readonly id: string
  readonly name: string
  readonly owner_name: string
  readonly visibility: 'private' | 'public'
  readonly role: string
  readonly can_write: boolean
}

export interface ApiTokenRequest {
  readonly name: string
  readonly rights: readonly ('read' | 'write' | 'withdraw' | 'account')[]
  readonly expires_in_days: number
  readonly project?: string
}

export interface ApiToken {
  readonly id: string
  readonly name: string
  readonly rights: readonly string[]
  readonly project: string | null
  readonly created_at: string
  readonly expires_at: string
}

export interface RegistryKey {
  readonly fingerprint: string
  readonly type: string
  readonly name: string | null
  readonly created_at: string
}
