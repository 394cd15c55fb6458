// Configuration files as git reads them: each value is compared with the answer of `git config`.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseGitConfig, remoteUrl, withoutCredentials } from './git-config.ts'
import { temporary } from './repository.test-data.ts'

const text = `# comment
[core]
	bare = false ; not at all
	sparseCheckout
[remote "origin"] url = https://example.org/a.git # here
	fetch = "+refs/heads/*:refs/remotes/origin/*"
[remote "we\\"ird\\\\name"]
	URL = one \\
two
	note = " kept "  dropped   
[branch "Main.dev"]
	remote = origin
	remote = upstream
[a.b]
	escaped = tab\\there \\"quoted\\" \\\\
	empty =
`

it('sections, quotes, escapes, comments and continued lines are read as git reads them', () => {
  const file = join(temporary(), 'config')
  writeFileSync(file, text)
  const listed = execFileSync('git', ['config', '--file', file, '--list', '-z'], { encoding: 'utf8' })
  const theirs = new Map(
    listed
      .split('\0')
      .slice(0, -1)
      .map((one): [string, string] => {
        const at = one.indexOf('\n')
        return at < 0 ? [one, 'true'] : [one.slice(0, at), one.slice(at + 1)]
      }),
  )
  expect(parseGitConfig(text)).toEqual(theirs)
})

it('the remote is the one that the branch follows, else origin, else the only one', () => {
  const config = parseGitConfig('[remote "fork"]\nurl=f\n[remote "origin"]\nurl=o\n[branch "b"]\nremote=fork\n')
  expect([remoteUrl(config, 'b'), remoteUrl(config, 'c'), remoteUrl(config, null)]).toEqual(['f', 'o', 'o'])
  expect(remoteUrl(parseGitConfig('[remote "x"]\nurl=u\n'), null)).toBe('u')
  expect(remoteUrl(new Map(), 'b')).toBeNull()
})

it.each([
  ['https://user:token@example.org/x.git', 'https://example.org/x.git'],
  ['https://ghp_token@example.org/x.git', 'https://example.org/x.git'],
  ['https://user:p@ss@example.org:8443/x.git', 'https://example.org:8443/x.git'],
  ['http://example.org/x.git?private_token=abc', 'http://example.org/x.git'],
  ['ssh://git:secret@example.org/x.git', 'ssh://git@example.org/x.git'],
  ['ssh://git@example.org:22/x.git', 'ssh://git@example.org:22/x.git'],
  ['git@example.org:owner/x.git', 'git@example.org:owner/x.git'],
  ['/srv/git/x@y.git', '/srv/git/x@y.git'],
  ['https://example.org/x@y.git', 'https://example.org/x@y.git'],
])('%s is recorded as %s', (url, expected) => expect(withoutCredentials(url)).toBe(expected))
