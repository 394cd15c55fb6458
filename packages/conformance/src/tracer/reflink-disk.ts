/** A small Btrfs in a file, mounted for the cases that share blocks between files: most systems of a test machine cannot. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Disk {
  readonly directory: string
  close(): void
}

/** mkfs.btrfs makes none below 109 MiB; the file is sparse. */
const bytes = 160 << 20

/** The disk, or the reason why there is none. */
export function reflinkDisk(): Disk | string {
  if (process.getuid?.() !== 0) return 'only root may mount a file system with reflinks'
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-reflinks-')))
  const [image, directory] = [join(place, 'image'), join(place, 'disk')]
  writeFileSync(image, '')
  truncateSync(image, bytes)
  mkdirSync(directory)
  const close = (): void => rmSync(place, { recursive: true, force: true })
  for (const [program, ...words] of [
    ['mkfs.btrfs', '--quiet', image],
    ['mount', '-o', 'loop', image, directory],
  ] as const) {
    const done = spawnSync(program, words, { encoding: 'utf8' })
    if (done.status === 0) continue
    close()
    return `no file system with reflinks: ${program}: ${(done.error?.message ?? done.stderr).trim().split('\n')[0]}`
  }
  return {
    directory,
    close: () => {
      spawnSync('umount', [directory])
      close()
    },
  }
}
