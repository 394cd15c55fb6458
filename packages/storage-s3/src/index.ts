/** Objects of S3 and of every store that speaks its protocol. */
export { createStorage } from './create-storage.ts'
