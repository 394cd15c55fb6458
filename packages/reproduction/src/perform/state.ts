/** How far a reproduction has come: a file beside the clone, so that it goes on where it was stopped. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { RoarError } from '@roar/core'
import type { JudgedOutput } from '../judge/verdict.ts'
import type { Places } from '../places.ts'
import type { Recipe } from '../recipe/recipe.ts'

export interface State {
  readonly schema: 'roar.reproduction/1'
  /** Of the recipe: a directory is continued only by the same one. */
  readonly recipe: string
  cloned: boolean
  /** Of the workspace within the repository. */
  prefix: string
  /** Directories of environments by the step they serve; null until all are made. */
  environments: Record<string, string[]> | null
  readonly substitutions: string[]
  /** By the uid of the recorded job. */
  readonly done: Record<string, DoneStep>
}

export interface DoneStep {
  /** The uid of the job that did it again. */
  readonly job: string
  readonly ms: number
  readonly outputs: readonly JudgedOutput[]
}

export const recipeKey = (recipe: Recipe): string =>
  createHash('sha256')
    .update(JSON.stringify([recipe.steps.map((step) => [step.uid, step.argv, step.source?.commit]), recipe.targets]))
    .digest('hex')

/** Of the file by which whoever performs it keeps others out. */
export const lockName = 'reproduction.lock'

/** A new one for an empty or absent directory. */
export function readState(places: Places, recipe: Recipe): State {
  const key = recipeKey(recipe)
  if (existsSync(places.state)) {
    const state = JSON.parse(readFileSync(places.state, 'utf8')) as State
    if (state.recipe === key) return state
    throw inTheWay(places.directory, 'It holds the reproduction of something else.')
  }
  if (
    existsSync(places.directory) &&
    readdirSync(places.directory).some((name) => name !== basename(partOf(places)) && name !== lockName)
  )
    throw inTheWay(places.directory, 'It is not empty, and no reproduction that could go on.')
  return {
    schema: 'roar.reproduction/1',
    recipe: key,
    cloned: false,
    prefix: recipe.prefix ?? '',
    environments: null,
    substitutions: [],
    done: {},
  }
}

export function writeState(places: Places, state: State): void {
  const part = partOf(places)
  writeFileSync(part, `${JSON.stringify(state, null, 2)}\n`)
  renameSync(part, places.state)
}

/** Alone in its directory where the first writing was cut off. */
const partOf = (places: Places): string => `${places.state}.part`

const inTheWay = (directory: string, cause: string): RoarError =>
  new RoarError('ROAR_REPRODUCE_DIRECTORY', `${directory} cannot be used for this reproduction.`, {
    cause,
    remedy: ['Give another: roar reproduce … --run --dir DIR'],
  })
