/** Links and directories that stood in the workspace when a step ran: they are made again before it does. */
import { lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Places } from '../places.ts'
import { writtenTarget } from '../recipe/links.ts'
import type { RecipeStep, StepLink } from '../recipe/recipe.ts'

export function makeLinks({ workspace }: Places, { links = [], folders = [], standing = [] }: RecipeStep): void {
  for (const folder of folders) {
    const at = join(workspace, folder)
    if (isLink(at)) rmSync(at)
    mkdirSync(at, { recursive: true })
  }
  for (const link of links) makeLink(join(workspace, link.path), link)
  for (const folder of standing)
    if (!isThere(join(workspace, folder))) mkdirSync(join(workspace, folder), { recursive: true })
}

/** Whatever else has that name came from the commit or from an earlier step. */
function makeLink(at: string, link: StepLink): void {
  const target = writtenTarget(link)
  const standing = lstatSync(at, { throwIfNoEntry: false })
  if (standing && !standing.isSymbolicLink()) return
  if (standing && readlinkSync(at) === target) return
  if (standing) rmSync(at)
  mkdirSync(dirname(at), { recursive: true })
  symlinkSync(target, at)
}

const isThere = (at: string): boolean => lstatSync(at, { throwIfNoEntry: false }) !== undefined

const isLink = (at: string): boolean => lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
