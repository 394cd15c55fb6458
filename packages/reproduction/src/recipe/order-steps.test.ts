import type { StepKind } from '@roar/core'
import { expect, it } from 'vitest'
import { orderSteps } from './order-steps.ts'
import type { RecipeStep } from './recipe.ts'

const step = (uid: string, kind: StepKind, startedAt: number): RecipeStep =>
  ({ uid, kind, step: { kind, number: startedAt }, startedAt }) as RecipeStep

const order = (steps: readonly RecipeStep[], producers: Readonly<Record<string, string[]>> = {}) =>
  orderSteps(steps, new Map(Object.entries(producers))).map((one) => one.uid)

it('Build steps come first, then each by its time', () =>
  expect(order([step('c', 'run', 3), step('a', 'run', 1), step('b', 'build', 2)])).toEqual(['b', 'a', 'c']))

it('Nothing is used before it is made, whatever the clocks said', () =>
  expect(order([step('user', 'run', 1), step('maker', 'run', 2)], { user: ['maker'] })).toEqual(['maker', 'user']))

it('A circle is cut at its earliest job', () =>
  expect(order([step('x', 'run', 1), step('y', 'run', 2)], { x: ['y'], y: ['x'] })).toEqual(['x', 'y']))
