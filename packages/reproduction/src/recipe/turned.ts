/** Paths beside a workspace that have another place now: see `Recipe.turned`. */
import { type BytePath, fromString } from '@roar/core'
import type { Turned } from './recipe.ts'

export function isIn(path: BytePath, folder: string): boolean {
  const bytes = fromString(folder)
  return path === bytes || path.startsWith(`${bytes}/`)
}

/** `turned`: the longest first. */
export const turnedPath = (path: BytePath, turned: readonly Turned[]): BytePath => {
  const one = turned.find(({ from }) => isIn(path, from))
  return one ? ((fromString(one.to) + path.slice(fromString(one.from).length)) as BytePath) : path
}

export const turnedText = (path: string, turned: readonly Turned[]): string => {
  const one = turned.find(({ from }) => path === from || path.startsWith(`${from}/`))
  return one ? one.to + path.slice(one.from.length) : path
}

/** A path that leads out of the workspace, and not to where something was turned to. */
export function leadsOut(path: string, turned: readonly Turned[] = []): boolean {
  if (path.startsWith('/')) return true
  const to = turned.find((one) => path === one.to || path.startsWith(`${one.to}/`))?.to
  return path
    .slice(to?.length ?? 0)
    .split('/')
    .includes('..')
}
