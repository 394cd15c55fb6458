import { expect, it } from 'vitest'
import { prefixFrom, publishedPrefix, workspacePrefix } from './workspace-prefix.ts'

it.each([
  ['/r', '/r', '.'],
  ['/r', '/r/sub/ws', 'sub/ws'],
  ['/r', '/r/..ws', '..ws'],
  ['/r', '/moved/sub', null],
  ['/r/sub', '/r', null],
])('Of the repository %s the workspace %s is published as %s, and read as the same', (repository, workspace, told) => {
  const prefix = workspacePrefix(repository, workspace)
  expect(publishedPrefix(prefix)).toBe(told)
  expect(prefixFrom(told)).toBe(prefix)
})

it.each([undefined, 7, '', '/etc', '../x', 'a/../../x', 'a/.git/hooks', 'a\0b'])('%j leads nowhere', (told) =>
  expect(prefixFrom(told)).toBeNull(),
)
