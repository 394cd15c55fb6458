/** The user's own word on files. It lives in the host, where embedding programs use it too. */
export { pathRules } from '@roar/host'
