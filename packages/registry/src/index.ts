/** The GLaaS registry, for programs that serve it. */
export * from './api/index.ts'
export { accountByName, addAccount } from './identity/accounts.ts'
export { disableAccount, listAccounts, tokenFor } from './identity/administration.ts'
export { type OpenRegistry, openRegistry, type RegistryOptions } from './open-registry.ts'
export { type RunningRegistry, type ServeOptions, serve } from './serve.ts'
