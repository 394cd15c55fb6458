/** A private directory for one run's log. It lives in the host, where embedding programs use it too. */
export { makeRunDirectory, removeRunDirectory } from '@roar/host'
