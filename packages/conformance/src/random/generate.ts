/** Programs by chance, the same ones for the same seed. */
import { Unpredictable } from './file-world.ts'
import { predict } from './predict.ts'
import type { Action, BlockKind, Program } from './program.ts'

const names = ['a', 'a', 'b', 'b', 'c', 'n', 'n', 'm', 'd/x', 'd/n', 'd/x', 'e/x']
const flags = ['r', 'r', 'r', 'b', 'w', 'wc', 'wct', 'bc', 'wa', 'wca', 'wcx', 'bt', 'rt', 'rc']
const sizes = ['0', '7']
const kinds: readonly BlockKind[] = ['f', 'e', 'v', 'h']

/** mulberry32: enough for choosing. */
export function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

export function generate(seed: number): Program {
  const next = chance(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const slot = () => String(Math.floor(next() * 4))
  const two = (make: () => string) => `${make()},${make()}`
  const name = () => pick(names)
  const choices: (() => string)[] = [
    () => `${pick(['o', 'O'])}${slot()},${name()},${pick(flags)}`,
    () => `${pick(['r', 'p', 'w', 'q', 'M', 'N', 'G', 'H', 'B', 'E'])}${slot()}`,
    () => `${pick(['c', 'c', 'r'])}${slot()}`,
    () => `${pick(['d', 'D', 'S', 'C', 'P'])}${two(slot)}`,
    () => `${pick(['m', 'm', 'X', 'l', 's'])}${two(name)}`,
    () => `${pick(['u', 'F', 'W', 'A', 'L', 'J'])}${name()}`,
    () =>
      pick([
        `t${name()},${pick(sizes)}`,
        `T${slot()},${pick(sizes)}`,
        'kd',
        'k..',
        'ke',
        'md,e',
        'me,d',
        'K',
        `Y${two(name)}`,
      ]),
  ]
  const weights = [0, 0, 0, 0, 1, 1, 1, 1, 2, 3, 4, 4, 5, 5, 6]
  const sequence = (length: number, depth: number): Action[] =>
    Array.from({ length }, () => {
      if (depth > 0 && next() < 0.12)
        return { kind: pick(kinds), body: sequence(1 + Math.floor(next() * 5), depth - 1) }
      return (choices[pick(weights)] as () => string)()
    })
  return predictable(sequence(4 + Math.floor(next() * 12), 2))
}

/** Without the actions whose outcome the model does not follow. */
function predictable(program: Program): Program {
  const kept: Action[] = []
  for (const action of program) {
    try {
      predict([...kept, action])
      kept.push(action)
    } catch (error) {
      if (!(error instanceof Unpredictable)) throw error
    }
  }
  return kept
}
