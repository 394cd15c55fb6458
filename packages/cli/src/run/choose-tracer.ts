/** Which back end observes this command, and why. It lives in the host, where embedding programs use it too. */
export { chooseTracer, tracerCandidates } from '@roar/host'
