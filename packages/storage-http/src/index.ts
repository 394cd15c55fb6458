/** Files behind http and https URLs, to be read. */
export { createHttp, createHttps } from './create-storage.ts'
