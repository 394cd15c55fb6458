/** What is asked of a registration, and what is known of it before anything is sent. */
import type { PublicationScope } from '@roar/core'
import type { Collected } from './collect.ts'
import type { Prepared } from './publication.ts'

export interface RegisterRequest {
  readonly ref: string
  /** Null: what the settings say. */
  readonly scope: PublicationScope | null
  readonly dirty: 'refuse' | 'allow' | 'drop'
  readonly dryRun: boolean
  readonly yes: boolean
  readonly registry: string | null
  readonly remote: string | null
  /** Somebody sits at the terminal. */
  readonly interactive: boolean
}

export interface RegisterFacts {
  readonly request: RegisterRequest
  readonly scope: PublicationScope
  readonly collected: Collected
  readonly prepared: Prepared
  readonly url: string | null
}
