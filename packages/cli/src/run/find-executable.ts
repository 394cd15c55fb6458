/** Finds the command as execvp would. It lives in the host, where embedding programs use it too. */
export { findExecutable, searchPathOf } from '@roar/host'
