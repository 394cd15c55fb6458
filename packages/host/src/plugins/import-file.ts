/** Imports a file as an ES module. A file of its own in the command too: what comes out of V8's code cache cannot import (Node 20.20). */
import { pathToFileURL } from 'node:url'

export type Module = Readonly<Record<string, unknown>>

export const importFile = (path: string): Promise<Module> => import(/* @vite-ignore */ pathToFileURL(path).href)
