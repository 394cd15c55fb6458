import { expect, it } from 'vitest'
import { prefixOf } from './find-prefix.ts'

const names = ['README', 'a.sh', 'models/a.sh', 'models/lib/b.sh', 'old/models/a.sh', 'old/models/lib/b.sh']

it('A workspace lay where the commit has all files that were read from it', () =>
  expect(prefixOf(names, ['a.sh', 'lib/b.sh'])).toBe('models'))

it('Of several such directories it is the one nearest to the root', () => expect(prefixOf(names, ['a.sh'])).toBe(''))

it('Where none has them it is the root', () => expect(prefixOf(names, ['c.sh'])).toBe(''))

it('What was read from beside the workspace does not hide where it lay', () =>
  expect(prefixOf([...names, 'models/lib/c'], ['b.sh', '/home/a/project/models/a.sh'])).toBe('models/lib'))

it('Where nothing was read from it, it is the root', () => expect(prefixOf(names, ['/home/a/project/README'])).toBe(''))
