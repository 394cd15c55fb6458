/** What each request of an upload carries. */
import { createHash } from 'node:crypto'
import type { PutOptions } from '@roar/core'

export const abortable = ({ signal }: PutOptions) => (signal ? { abortSignal: signal } : {})
/** Refused by the server, should somebody else have been quicker. */
export const unlessThere = ({ replace }: PutOptions) => (replace ? {} : { IfNoneMatch: '*' })
export const md5Of = (bytes: Uint8Array): Buffer => createHash('md5').update(bytes).digest()
