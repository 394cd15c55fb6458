/** A process as (pid, start time). It lives in the host, where embedding programs use it too. */
export { isAlive, ownIdentity } from '@roar/host'
