// Who publishes the same at the same moment: the tag appears between the look and the making, or its lock is held.
import { once } from 'node:events'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { cleanEnv, newRepository, type Repository, repositoryAt, temporary } from '../repository.test-data.ts'
import { makeTags } from './make-tags.ts'
import { pushTags } from './push-tags.ts'
import { commitTags } from './tag-names.ts'

const session = 'ab'.repeat(32)

function committed(): { repository: Repository; commit: string } {
  const repository = newRepository()
  repository.write('a')
  repository.commit()
  return { repository, commit: repository.git('rev-parse', 'HEAD').trim() }
}

/** git as it is, but for the command of that name somebody else is first, once. */
function after(command: string, others: string) {
  const bin = temporary()
  const git = join(bin, 'git')
  const first = `if [ "$1" = ${command} ] && [ ! -e ${bin}/done ]; then\n: > ${bin}/done\n${others}\nfi`
  writeFileSync(git, `#!/bin/sh\nPATH='${process.env.PATH}'\n${first}\nexec git "$@"\n`, { mode: 0o755 })
  return { env: { ...cleanEnv, PATH: `${bin}:${process.env.PATH}` }, wasFirst: () => existsSync(join(bin, 'done')) }
}

const theirs = '-c user.name=B -c user.email=b@example.org tag -a -m theirs'

it('a tag that somebody makes at the same moment is present', async () => {
  const { repository, commit } = committed()
  const tags = commitTags(session, [commit])
  const other = after('tag', `git ${theirs} ${tags[0]?.name} ${commit}`)
  const made = await makeTags(repository.root, tags, session, other.env)
  expect(other.wasFirst()).toBe(true)
  expect(made.map(({ state }) => state)).toEqual(['present'])
  expect(repository.git('tag', '-l', '--format=%(contents:subject)')).toBe('theirs\n')
})

it('a tag that somebody makes at the same moment for another commit is an error', async () => {
  const { repository, commit } = committed()
  repository.write('b')
  repository.commit()
  const tags = commitTags(session, [commit])
  const other = after('tag', `git ${theirs} ${tags[0]?.name} HEAD`)
  await expect(makeTags(repository.root, tags, session, other.env)).rejects.toMatchObject({ code: 'ROAR_GIT_TAG' })
})

it('a lock that another holds for a moment is waited for, one that stays is an error', async () => {
  const { repository, commit } = committed()
  const tags = commitTags(session, [commit])
  repository.git('tag', `roar/${session.slice(0, 8)}/other`)
  const lock = join(repository.root, '.git/refs/tags', `${tags[0]?.name}.lock`)
  const brief = after('tag', `: > ${lock}; (sleep 0.4; rm ${lock}) > /dev/null 2>&1 &`)
  const made = await makeTags(repository.root, tags, session, brief.env)
  expect(made.map(({ state }) => state)).toEqual(['made'])
  repository.git('tag', '-d', tags[0]?.name as string)
  writeFileSync(lock, '')
  await expect(makeTags(repository.root, tags, session, cleanEnv)).rejects.toMatchObject({ code: 'ROAR_GIT_TAG' })
  rmSync(lock)
})

it('tags that another clone pushes at the same moment are there, whoever made them', async () => {
  const { repository, commit } = committed()
  const bare = join(temporary(), 'remote.git')
  repository.git('init', '-q', '--bare', bare)
  repository.git('remote', 'add', 'origin', bare)
  repository.git('push', '-q', 'origin', 'main')
  const clone = repositoryAt(join(temporary(), 'clone'))
  repository.git('clone', '-q', bare, clone.root)
  const tags = commitTags(session, [commit])
  const name = tags[0]?.name as string
  await makeTags(repository.root, tags, session, cleanEnv)
  const other = after('push', `(cd ${clone.root} && git ${theirs} ${name} ${commit} && git push -q origin ${name})`)
  const pushing = {
    root: repository.root,
    remote: { name: 'origin', url: bare },
    env: other.env,
    interactive: false,
    patience: 60_000,
  }
  expect(await pushTags(tags, pushing)).toMatchObject([{ name }])
  expect(other.wasFirst()).toBe(true)
  expect(repository.git('ls-remote', 'origin', `refs/tags/${name}^{}`)).toContain(commit)
})

it('a push that is refused is still an error', async () => {
  const { repository, commit } = committed()
  const bare = join(temporary(), 'remote.git')
  repository.git('init', '-q', '--bare', bare)
  writeFileSync(join(bare, 'hooks/pre-receive'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
  const tags = commitTags(session, [commit])
  await makeTags(repository.root, tags, session, cleanEnv)
  repository.git('remote', 'add', 'origin', bare)
  const pushing = {
    root: repository.root,
    remote: { name: 'origin', url: bare },
    env: cleanEnv,
    interactive: false,
    patience: 60_000,
  }
  await expect(pushTags(tags, pushing)).rejects.toMatchObject({ code: 'ROAR_GIT_PUSH' })
})

it('a remote that never answers is an error where nobody can end it', async () => {
  const silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const url = `git://127.0.0.1:${(silent.address() as AddressInfo).port}/x.git`
  const { repository, commit } = committed()
  repository.git('remote', 'add', 'origin', url)
  const remote = { name: 'origin', url }
  const pushing = { root: repository.root, remote, env: cleanEnv, interactive: false, patience: 1000 }
  await expect(pushTags(commitTags(session, [commit]), pushing)).rejects.toMatchObject({
    code: 'ROAR_GIT_PUSH',
    why: expect.stringContaining('timed out after 1 s'),
  })
  silent.close()
})
