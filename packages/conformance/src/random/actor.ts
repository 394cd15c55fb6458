/** A process: its working directory, its slots, and the directories that it holds open to open files below them. */
import { type Directory, normal, type OpenFile } from './file-world.ts'

export interface Actor {
  directory: Directory
  readonly slots: (OpenFile | null)[]
  /** By the name they were opened by. */
  readonly parents: Map<string, Directory>
  killed: boolean
}

export const newActor = (directory: Directory): Actor => ({
  directory,
  slots: [null, null, null, null, null, null],
  parents: new Map(),
  killed: false,
})

/** Its own table of the same open files: positions are shared. One that is killed makes nobody. */
export const forkOf = (actor: Actor): Actor => ({
  ...actor,
  slots: [...actor.slots],
  parents: new Map(actor.parents),
})

/** Another image: only the slots go along. */
export const imageOf = (actor: Actor): Actor => ({ ...forkOf(actor), parents: new Map() })

export const placeOf = (actor: Actor, name: string): string => normal(`${actor.directory.path}/${name}`)

export const slotOf = (actor: Actor, slot: string): OpenFile | null => actor.slots[Number(slot)] ?? null
