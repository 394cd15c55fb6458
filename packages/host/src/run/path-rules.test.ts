// filter.track and filter.ignore.
import type { BytePath } from '@roar/core'
import { expect, it } from 'vitest'
import { pathRules } from './path-rules.ts'

const root = '/home/ann/plants' as BytePath
const decide = async (path: string, track: string[], ignore: string[]) =>
  (await pathRules({ track, ignore }, root)).decide(path as BytePath)

it('a pattern without slash matches at any depth of the workspace', async () => {
  expect(await decide('/home/ann/plants/a/b.log', [], ['*.log'])).toBe('ignore')
  expect(await decide('/home/ann/plants/a/b.csv', [], ['*.log'])).toBeNull()
})
it('a directory pattern covers what lies below', async () =>
  expect(await decide('/home/ann/plants/scratch/x/y', [], ['scratch/'])).toBe('ignore'))
it('an absolute path outside the workspace is matched from the root', async () =>
  expect(await decide('/usr/share/dict/words', ['/usr/share/dict'], [])).toBe('track'))
it('track is stronger than ignore', async () =>
  expect(await decide('/home/ann/plants/keep.log', ['keep.log'], ['*.log'])).toBe('track'))
it('an exception takes a file out again', async () =>
  expect(await decide('/home/ann/plants/keep.log', [], ['*.log', '!keep.log'])).toBeNull())
