/** Files that were open for writing when their process was last heard of: libc flushes its streams after the last hook, so they are compared at the end. */
import { lstatSync } from 'node:fs'
import type { FileEvent, TraceEvent } from '../events.ts'
import { accessBits as bit } from '../schema.ts'

export class OpenFiles {
  readonly #open = new Map<string, FileEvent>()
  readonly #moved = new Map<string, string>()

  note(event: TraceEvent): void {
    if (event.type === 'rename') this.#moved.set(`${event.dev}:${event.ino}`, event.to)
    if (event.type !== 'settled') return
    const key = `${event.pid}:${event.dev}:${event.ino}`
    // One whose last name is gone cannot be found by any: its inode's number may be another file's by then.
    if (event.access & bit.open && !(event.access & bit.unnamed)) this.#open.set(key, event)
    else this.#open.delete(key)
  }

  /** What must have been written although no call showed it. `sequence`: numbers for these facts start here. */
  changed(sequence: number): FileEvent[] {
    const found: FileEvent[] = []
    for (const event of this.#open.values()) {
      const path = this.#moved.get(`${event.dev}:${event.ino}`) ?? event.path
      if (!hasChanged(event, path)) continue
      const access = bit.written | bit.inferred | (event.access & bit.appended)
      found.push({ ...event, type: 'settled', access, path, sequence: sequence + found.length })
    }
    this.#open.clear()
    return found
  }
}

function hasChanged(event: FileEvent, path: string): boolean {
  try {
    const now = lstatSync(Buffer.from(path, 'latin1'), { bigint: true })
    const same = now.isFile() && now.dev === BigInt(event.dev) && now.ino === BigInt(event.ino)
    return same && (now.size !== BigInt(event.size) || now.mtimeNs !== BigInt(event.mtimeNs))
  } catch {
    return false
  }
}
