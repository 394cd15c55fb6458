/** A process: its working directory, and its slots. */
import { normal, type OpenFile } from './file-world.ts'

export interface Actor {
  directory: string
  readonly slots: (OpenFile | null)[]
  killed: boolean
}

export const newActor = (): Actor => ({ directory: '', slots: [null, null, null, null, null, null], killed: false })

/** Its own table of the same open files: positions are shared. One that is killed makes nobody. */
export const forkOf = ({ directory, slots, killed }: Actor): Actor => ({ directory, slots: [...slots], killed })

export const placeOf = (actor: Actor, name: string): string => normal(`${actor.directory}/${name}`)

export const slotOf = (actor: Actor, slot: string): OpenFile | null => actor.slots[Number(slot)] ?? null
