/**
 * Directories that the recorded step found and this one does not: whoever made them by hand is in no record, nor is which of them the step makes itself. So a
 * step that fails tries again with one level more of those that it has not made, each time from where the first attempt began.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { type BytePath, fromString, toFsPath } from '@roar/core'
import type { Places } from '../places.ts'
import { depthOf, outputDirectories } from '../plan/output-directories.ts'
import type { RecipeStep } from '../recipe/recipe.ts'

export class DirectoriesOfOutputs {
  readonly #places: Places
  /** Before the first attempt; upper ones first. */
  readonly #absent: readonly BytePath[]
  readonly #made = new Set<BytePath>()
  /** By the step. */
  readonly #own = new Set<BytePath>()

  constructor(step: RecipeStep, places: Places) {
    this.#places = places
    this.#absent = outputDirectories(step).filter((path) => !this.#isThere(path))
  }

  /** After an attempt that failed: those that were made for the next one; empty when there is nothing more to try. */
  makeMore(): readonly BytePath[] {
    const open = this.#absent.filter((path) => !this.#made.has(path) && !this.#own.has(path))
    for (const path of open) if (this.#isThere(path)) this.#own.add(path)
    const missing = open.filter((path) => !this.#own.has(path))
    const [first] = missing
    if (first === undefined) return []
    for (const path of missing) if (depthOf(path) === depthOf(first)) this.#made.add(path)
    this.#remake()
    return [...this.#made]
  }

  /** Whatever lies in them is what the attempt left. */
  #remake(): void {
    for (const path of this.#absent) rmSync(this.#at(path), { recursive: true, force: true })
    for (const path of this.#made) mkdirSync(this.#at(path), { recursive: true })
  }

  #isThere(path: BytePath): boolean {
    return existsSync(this.#at(path))
  }

  #at(path: BytePath) {
    return toFsPath(`${fromString(this.#places.workspace)}/${path}` as BytePath)
  }
}
