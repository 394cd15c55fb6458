/** Copies inside the kernel: which descriptors they take, and what they count as. */
import { asked, stored } from './contents.ts'
import { type OpenFile, Unpredictable } from './file-world.ts'

type Copy = 'sendfile' | 'copy_file_range' | 'splice'

/** Whether two bytes, or the one that was left, were copied. */
export function copiedBytes(copy: Copy, from: OpenFile | null, to: OpenFile | null): boolean {
  if (from && to && from.entry.content === to.entry.content) throw new Unpredictable('onto itself')
  // splice takes the bytes into a pipe first; the others look at both files before they read.
  const refused = !to?.writes || to.appends
  if (!from?.reads || (refused && copy !== 'splice')) return false
  const { content, path } = from.entry
  const count = Math.max(0, Math.min(2, content.size - from.position))
  if (count === 0) {
    if (!content.written) content.maybeReadAs ??= path
    return false
  }
  asked(content, path)
  from.position += count
  if (refused) return false
  stored(to, to.position, count)
  to.position += count
  return true
}
