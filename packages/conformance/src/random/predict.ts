/** What a program will do, and what a true record of it says: worked out from the calls' own descriptions, without a look at any tracer. */
import { actions } from './actions.ts'
import { type Actor, forkOf, imageOf, newActor } from './actor.ts'
import { type Content, FileWorld } from './file-world.ts'
import type { Block, Program } from './program.ts'

/** The files that every program finds, by size. */
export const found = { a: 5, b: 5, c: 0, 'd/x': 5 } as const

export interface Prediction {
  /** By the word's number: whether the call succeeds. */
  readonly results: ReadonlyMap<number, boolean>
  readonly contents: readonly Content[]
  readonly deleted: readonly string[]
  /** Gone as a file; something else has its name. */
  readonly maybeDeleted: readonly string[]
}

/** Throws `Unpredictable`. */
export function predict(program: Program): Prediction {
  const world = new FileWorld(found)
  const results = new Map<number, boolean>()
  new Course(world, results).run(program, newActor(world.top), 0)
  const lost = Object.keys(found).filter((path) => world.at(path)?.content.target !== null)
  return {
    results,
    contents: world.contents,
    deleted: lost.filter((path) => !world.names.has(path)),
    maybeDeleted: lost.filter((path) => world.names.has(path)),
  }
}

class Course {
  readonly #world: FileWorld
  readonly #results: Map<number, boolean>

  constructor(world: FileWorld, results: Map<number, boolean>) {
    this.#world = world
    this.#results = results
  }

  /** Returns the number of the word behind it. Stops where the actor is killed. */
  run(program: Program, actor: Actor, from: number): number {
    let index = from
    for (const action of program) {
      if (typeof action === 'string') {
        if (!actor.killed) this.#act(action, actor, index)
        index++
      } else index = this.#block(action, actor, index)
    }
    return index
  }

  #act(word: string, actor: Actor, index: number): void {
    if (word === 'K') actor.killed = true
    else this.#results.set(index, this.#call(word, actor))
  }

  #call(word: string, actor: Actor): boolean {
    const [a = '', b = '', c = ''] = word.slice(1).split(',')
    const act = actions[word[0] as string]
    if (!act) throw new Error(`no action: ${word}`)
    return act(this.#world, actor, a, b, c)
  }

  #block(block: Block, actor: Actor, index: number): number {
    const inside = block.kind === 'h' ? actor : block.kind === 'f' ? forkOf(actor) : imageOf(actor)
    return this.run(block.body, inside, index + 1) + 1
  }
}
