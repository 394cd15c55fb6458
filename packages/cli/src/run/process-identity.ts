/** A process as (pid, start time). It lives in the host, where embedding programs use it too. */
export { isAlive, lifeOf, ownIdentity } from '@roar/host'
