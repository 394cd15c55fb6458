import { describe, expect, it } from 'vitest'
import type { Recipe } from '../recipe/recipe.ts'
import { planEnvironments } from './plan-environments.ts'

const python = { ecosystem: 'python', name: 'python', version: '3.11.7', purl: '', location: null, modified: [] }

/** Of one step, as a registry tells it. */
const placeOf = (...argv: readonly string[]): unknown => placeWith([], ...argv)

const placeWith = (inputs: readonly object[], ...argv: readonly string[]): unknown => {
  const step = { step: { kind: 'run', number: 1 }, argv, programs: [], inputs, packages: [python] }
  const [plan] = planEnvironments({ root: null, steps: [step] } as unknown as Recipe)
  return plan?.kind === 'python' ? plan.at : undefined
}

describe('The environment of Python that lies in the workspace', () => {
  it('is known by its name, whatever of it was run', () => expect(placeOf('.venv/bin/pytest')).toBe('.venv'))
  it('is known by its interpreter, whatever its name', () => {
    expect(placeOf('v/bin/python', 'go.py')).toBe('v')
    expect(placeOf('./tools/py311/bin/python3.11', '-m', 'job')).toBe('tools/py311')
  })
  it('is none where the interpreter is of the commit or was built', () => {
    expect(placeWith([{ path: 'py/bin/python3', from: 'step' }], 'py/bin/python3')).toBeUndefined()
  })
  it('is none where another program was run', () => expect(placeOf('tools/bin/convert')).toBeUndefined())
})
