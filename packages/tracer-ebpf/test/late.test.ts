// A follower that comes late looks for names in directories that have gone by then, and whose places and numbers others have.
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { perlHeldBack, traceHeldBack } from './held-back.ts'
import { lackOfKernel, type OwnDaemon, startDaemon } from './own-daemon.ts'

const lack = lackOfKernel()
const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-late-')))
chmodSync(place, 0o777)
afterAll(() => rmSync(place, { recursive: true }))

/** A directory is removed; the one that gets its number is put where a link of its name leads. */
const numberComesAgain = `
  sub make { open(F, ">", $_[0]); close F }
  mkdir "e"; make("e/n"); $number = (stat "e")[1]; unlink "e/n"; rmdir "e";
  for $i (1..3000) { mkdir "t$i"; if ((stat "t$i")[1] == $number) { rename "t$i", "f"; last } }
  symlink "f", "e"; make("again") if -d "f"`

/** A directory is moved away, and a link to one of another number has its name. */
const placeIsTaken = `
  sub make { open(F, ">", $_[0]); close F }
  mkdir "other"; mkdir "e"; make("e/n"); unlink "e/n"; rename "e", "away"; symlink "other", "e"`

/** Links still lead where they led: to a directory that was made now, and to one that was there. */
const linksStand = `
  sub make { open(F, ">", $_[0]); close F }
  mkdir "made"; symlink "made", "to-made"; symlink "old", "to-old";
  for $link ("to-made", "to-old") { make("$link/n"); unlink "$link/n" }`

interface Disk {
  readonly title: string
  /** Makes it, with a directory `old`; null where it can be made, else why it can not. */
  make(directory: string): string | null
  end(directory: string): void
}

const plain: Disk = {
  title: 'a plain disk',
  make: (directory) => {
    mkdirSync(join(directory, 'old'))
    return null
  },
  end: () => {},
}

/** The layers are of the disk below, whose numbers come again. */
const overlay: Disk = {
  title: 'an overlay',
  make: (directory) => {
    const [lower, upper, work] = ['lower', 'upper', 'work'].map((name) => `${directory}-${name}`)
    for (const one of [lower, upper, work]) mkdirSync(one as string)
    mkdirSync(join(lower as string, 'old'))
    try {
      const layers = `lowerdir=${lower},upperdir=${upper},workdir=${work}`
      execFileSync('mount', ['-t', 'overlay', 'roar-late', '-o', layers, directory], { stdio: 'pipe' })
      return null
    } catch (error) {
      return `no overlay can be mounted here: ${(error as Error).message}`
    }
  },
  end: (directory) => execFileSync('umount', ['--lazy', directory]),
}

describe.skipIf(lack !== null)(`names told late (${lack ?? 'here'})`, () => {
  let daemon: OwnDaemon
  beforeAll(async () => {
    daemon = await startDaemon()
  })
  afterAll(() => daemon.stop())

  /** Names below the directory that were removed, by the record. */
  async function removed(directory: string, work: string): Promise<string[]> {
    const names: string[] = []
    await traceHeldBack(daemon, directory, ['perl', '-e', perlHeldBack(work)], (event) => {
      if (event.type === 'unlink' && event.path.endsWith('/n')) names.push(event.path.slice(directory.length + 1))
    })
    return names
  }

  for (const disk of [plain, overlay]) {
    const on = async (skip: (why: string) => void, check: (directory: string) => Promise<void>) => {
      const directory = mkdtempSync(join(place, 'disk'))
      const lackOfDisk = disk.make(directory)
      if (lackOfDisk) return skip(lackOfDisk)
      try {
        await check(directory)
      } finally {
        disk.end(directory)
      }
    }

    it(`are those of a directory that is gone, though another has its number: ${disk.title}`, async (context) => {
      await on(context.skip, async (directory) => {
        expect(await removed(directory, numberComesAgain)).toEqual(['e/n'])
        if (!existsSync(join(directory, 'again'))) context.skip('numbers do not come again on this disk')
      })
    })

    it(`are those of a directory whose place a link has: ${disk.title}`, async (context) => {
      await on(context.skip, async (directory) => {
        expect(await removed(directory, placeIsTaken)).toEqual(['e/n'])
      })
    })

    it(`are told behind links that still lead there: ${disk.title}`, async (context) => {
      await on(context.skip, async (directory) => {
        expect(await removed(directory, linksStand)).toEqual(['made/n', 'old/n'])
      })
    })
  }
})
