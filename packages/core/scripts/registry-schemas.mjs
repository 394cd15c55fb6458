// Documents of who administers a registry: `roar registry account`, `token`, `backup` and `serve`.
import { boolean, list, object, orNull, string, time } from './schema-words.mjs'

const account = object({ name: string, provider: string, created_at: time, disabled: boolean })

export const registryDocuments = {
  'registry-account': [
    'An account that was made. The password is shown this once, and null where it was given.',
    { name: string, id: string, password: orNull(string) },
  ],
  'registry-account-disabled': ['An account that can do nothing any more.', { name: string, disabled: boolean }],
  'registry-accounts': ['The accounts of a registry.', { accounts: list(account) }],
  'registry-backup': ['Where the copies of the database and of the server key lie.', { database: string, key: string }],
  'registry-serve': ['What `roar registry serve --json` prints once it answers.', { listening: string }],
  'registry-token': [
    'A token made by who administers the registry; the secret is shown this once.',
    { token: string, account: string, expires_at: time },
  ],
}
