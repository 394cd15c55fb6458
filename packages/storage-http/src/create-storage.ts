/** The storages of `http://` and `https://` URLs: they are read, nothing is put there. */
import type { Storage } from '@roar/core'
import { readFile } from './read.ts'
import { statFile } from './stat.ts'

const storage = (name: string) => (): Storage => ({ name, stat: statFile, read: readFile })

export const createHttp = storage('http')
export const createHttps = storage('https')
