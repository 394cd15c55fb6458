/**
 * What a step changes in place is kept until it has succeeded: an attempt that was broken off, or failed, would else be built on what it left itself.
 * What it moves is found under its new name. What it made is taken away: make(1) would make nothing a second time.
 */
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { type BytePath, fromString, toFsPath } from '@roar/core'
import type { Places } from '../places.ts'
import { isPlain } from '../recipe/links.ts'
import { type RecipeStep, sameContent } from '../recipe/recipe.ts'

export class BeforeStep {
  readonly #step: RecipeStep
  readonly #places: Places
  readonly #kept: string

  constructor(step: RecipeStep, places: Places) {
    this.#step = step
    this.#places = places
    this.#kept = join(places.before, step.uid)
  }

  /** Before an attempt: the first keeps, a later one finds everything as the first did. */
  settle(): void {
    if (existsSync(this.#kept)) this.#bringBack()
    else this.#keep()
  }

  drop(): void {
    rmSync(this.#kept, { recursive: true, force: true })
  }

  #keep(): void {
    const part = `${this.#kept}.part`
    rmSync(part, { recursive: true, force: true })
    mkdirSync(part, { recursive: true })
    for (const [index, path] of this.#changed().entries())
      if (isThere(this.#at(path))) copy(this.#at(path), fromString(join(part, String(index))))
    writeFileSync(join(part, absentList), JSON.stringify(this.#outputs().filter((path) => !isThere(this.#at(path)))))
    // Whole or not at all.
    renameSync(part, this.#kept)
  }

  #bringBack(): void {
    for (const path of absentIn(this.#kept)) rmSync(toFsPath(this.#at(path)), { recursive: true, force: true })
    for (const [index, path] of this.#changed().entries()) {
      const kept = fromString(join(this.#kept, String(index)))
      if (isThere(kept)) copy(kept, this.#at(path))
    }
    for (const { from, to } of this.#moved())
      if (!isThere(this.#at(from)) && isThere(this.#at(to))) copy(this.#at(to), this.#at(from))
  }

  /** A recipe may be anybody's: nothing beside the workspace is taken away. */
  #outputs(): readonly BytePath[] {
    return this.#step.outputs.map((one) => one.path).filter(isPlain)
  }

  #changed(): readonly BytePath[] {
    const outputs = new Set(this.#step.outputs.map((one) => one.path))
    return this.#made()
      .map((one) => one.path)
      .filter((path) => outputs.has(path))
  }

  #moved(): readonly { readonly from: BytePath; readonly to: BytePath }[] {
    return this.#made().flatMap((input) => {
      const output = this.#step.outputs.find((one) => sameContent(one.digests, input.digests) === true)
      return output ? [{ from: input.path, to: output.path }] : []
    })
  }

  /** By an earlier step; what comes from outside or from the commit is put in its place anew. */
  #made() {
    return this.#step.inputs.filter((one) => one.from === 'step' && one.kind === 'file' && !one.path.startsWith('/'))
  }

  #at(path: BytePath): BytePath {
    return `${fromString(this.#places.workspace)}/${path}` as BytePath
  }
}

/** Outputs that were not there before the first attempt. */
const absentList = 'absent.json'

/** Of a directory that an earlier version of roar has begun there may be none. */
function absentIn(kept: string): readonly BytePath[] {
  const list = join(kept, absentList)
  return existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : []
}

const isThere = (path: BytePath): boolean => existsSync(toFsPath(path))

function copy(from: BytePath, to: BytePath): void {
  mkdirSync(toFsPath(to.slice(0, to.lastIndexOf('/')) as BytePath), { recursive: true })
  copyFileSync(toFsPath(from), toFsPath(to), constants.COPYFILE_FICLONE)
}
