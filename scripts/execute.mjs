// Runs a program, never through a shell; a failure ends the script with the program's own words.
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root } from './packages.mjs'

export class StepFailed extends Error {}

export function execute(command, words, options = {}) {
  const done = spawnSync(command, words, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options })
  if (done.error) throw new StepFailed(`${command}: ${done.error.message}`)
  if (done.status !== 0)
    throw new StepFailed(`${[command, ...words].join(' ')} ended with ${done.status ?? done.signal}`)
  return done
}

export const works = (command, words) => spawnSync(command, words, { stdio: 'ignore' }).status === 0

/** Its path, from PATH; undefined without. */
export function find(program) {
  const places = (process.env.PATH ?? '').split(delimiter).map((place) => join(place, program))
  return places.find((place) => {
    try {
      accessSync(place, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

export const has = (program) => find(program) !== undefined
