/** The options of `roar reproduce`, checked. */
import { RoarError } from '@roar/core'
import type { Acceptable, Tolerance } from '@roar/reproduction'
import { visible } from '../output/escape.ts'
import { type AskedRegistry, askedRegistry } from '../registry/registry-option.ts'

export interface GivenOptions {
  readonly ref: string
  readonly run: boolean
  readonly place: string | undefined
  readonly accept: string
  readonly rtol: string | undefined
  readonly atol: string | undefined
  readonly inputs: readonly string[]
  readonly stepTimeout: string | undefined
  readonly anyVersion: boolean
  readonly script: boolean
  readonly registry: string | boolean | undefined
  readonly register: boolean
}

export interface ReproduceCommandOptions {
  readonly ref: string
  readonly run: boolean
  readonly script: boolean
  readonly directory: string | null
  readonly accept: Acceptable
  readonly tolerance: Tolerance
  readonly inputs: readonly string[]
  readonly stepTimeout: number | null
  readonly anyVersion: boolean
  /** Null: the workspace first. */
  readonly registry: AskedRegistry | null
  readonly register: boolean
}

export function reproduceOptions(given: GivenOptions): ReproduceCommandOptions {
  if (given.run && given.script) throw usage('--run and --script are two things: one performs, the other writes.')
  const seconds = given.stepTimeout === undefined ? null : number('--step-timeout', given.stepTimeout)
  return {
    ref: given.ref,
    run: given.run,
    script: given.script,
    directory: given.place ?? null,
    accept: acceptable(given.accept),
    tolerance: toleranceOf(given),
    inputs: given.inputs,
    stepTimeout: seconds === null ? null : seconds * 1000,
    anyVersion: given.anyVersion,
    registry: askedRegistry(given.registry),
    register: given.register,
  }
}

/** numpy.allclose's: what most people mean by equal. */
const usual: Tolerance = { relative: 1e-5, absolute: 1e-8 }

export const toleranceOf = ({ rtol, atol }: Pick<GivenOptions, 'rtol' | 'atol'>): Tolerance => ({
  relative: rtol === undefined ? usual.relative : number('--rtol', rtol),
  absolute: atol === undefined ? usual.absolute : number('--atol', atol),
})

function acceptable(text: string): Acceptable {
  if (text === 'identical' || text === 'content' || text === 'tolerance') return text
  throw usage(`--accept is identical, content or tolerance, not ${visible(text)}.`)
}

function number(name: string, text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value
  throw usage(`${name} is a number of at least 0, not ${visible(text)}.`)
}

const usage = (message: string): RoarError => new RoarError('ROAR_USAGE', message, { exitCode: 2 })
