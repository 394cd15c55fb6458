// Where the tags of a publication go: remotes that are there or not, that nobody may write to, or that are several.
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { addRemote, json, Publishing, tagsOf } from './publishing.ts'

const publishing = Publishing.here()
const { registry } = publishing
const pipeline = publishing.pipeline.bind(publishing)

it('without a remote the lineage is published, and the checklist says what is missing', () => {
  const w = pipeline({ remote: false })
  const said = json(w.must('register', 'model', '-y', '--json'))
  expect(said.tags.list).toEqual([expect.objectContaining({ state: 'local', remote: null })])
  const [check] = said.checklist.filter((one: { name: string }) => one.name === 'commits can be fetched')
  expect(check).toMatchObject({ ok: false, remedy: expect.stringContaining('git remote add') })
  expect(w.must('register', 'model', '-y').out).toContain('on another machine, where what the checklist misses')
})

it('a remote that is missing or may not be written stops it before the registry hears anything', async () => {
  const w = pipeline()
  const digest = w.job('@2').outputs[0]?.digests.blake3
  w.command('git', 'remote', 'set-url', 'origin', join(w.place, 'gone.git'))
  const gone = w.roar('register', 'model', '-y')
  expect(gone.err).toMatch(/ROAR_GIT_PUSH[\s\S]*There is no repository at/)
  const locked = join(w.place, 'locked.git')
  w.command('git', 'init', '--quiet', '--bare', locked)
  // The one way to lock root out, too.
  w.write('../locked.git/hooks/pre-receive', '#!/bin/sh\necho "permission denied" >&2\nexit 1\n')
  chmodSync(join(locked, 'hooks/pre-receive'), 0o755)
  w.command('git', 'remote', 'set-url', 'origin', locked)
  expect(w.roar('register', 'model', '-y').err).toMatch(/ROAR_GIT_PUSH[\s\S]*You may not write to/)
  expect((await registry.get(`/artifacts/${digest}`)).status).toBe(404)
  w.must('config', 'set', 'git.push_tags', 'never')
  expect(json(w.must('register', 'model', '-y', '--json')).tags.list).toEqual([
    expect.objectContaining({ state: 'never' }),
  ])
})

it('of several remotes the one that the branch follows is taken; where nothing says which, it is asked for', () => {
  const w = pipeline({ remote: false })
  const [lab, mirror] = [addRemote(w, 'lab'), addRemote(w, 'mirror')]
  const said = w.roar('register', 'model', '-y')
  expect(said.err).toMatch(/ROAR_GIT_REMOTE_AMBIGUOUS[\s\S]*lab:[\s\S]*mirror:/)
  expect(w.roar('register', 'model', '-y', '--remote', 'elsewhere').err).toContain('ROAR_GIT_REMOTE_UNKNOWN')
  w.must('register', 'model', '-y', '--remote', 'mirror')
  expect(tagsOf(w, mirror)).toHaveLength(1)
  expect(tagsOf(w, lab)).toEqual([])
  w.command('git', 'config', 'branch.main.remote', 'lab')
  w.must('register', 'model', '-y')
  expect(tagsOf(w, lab)).toHaveLength(1)
})

it('that one of several remotes stands first in the record is no choice: the tags of a branch that follows none go nowhere', () => {
  const w = pipeline({ remote: false })
  const [lab, mirror] = [addRemote(w, 'lab'), addRemote(w, 'mirror')]
  w.must('run', 'sh', '-c', 'wc -l model > numbers')
  for (const more of [[], ['--dry-run']]) {
    const said = w.roar('register', 'numbers', '-y', ...more)
    expect(said.code).not.toBe(0)
    expect(said.err).toMatch(/ROAR_GIT_REMOTE_AMBIGUOUS[\s\S]*lab:[\s\S]*mirror:[\s\S]*--remote lab/)
  }
  expect([...tagsOf(w, lab), ...tagsOf(w, mirror), ...tagsOf(w, w.root)]).toEqual([])
})

it('where origin is taken of several remotes, which nobody chose, it is said, and how to choose another', () => {
  const w = pipeline()
  const mirror = addRemote(w, 'mirror')
  const said = w.must('register', 'model', '-y')
  expect(said.err).toContain('the tags go to origin, though mirror could be meant: --remote mirror chooses it')
  expect(tagsOf(w, mirror)).toEqual([])
  w.command('git', 'config', 'branch.main.remote', 'origin')
  expect(w.must('register', 'model', '-y').err).not.toContain('could be meant')
})

it('the repository that is published is the one that the tags were pushed to, whichever the jobs were recorded with', async () => {
  const w = pipeline()
  const mirror = addRemote(w, 'mirror')
  const digest = w.job('@2').outputs[0]?.digests.blake3
  const { sent } = json(w.must('register', 'model', '--dry-run', '--json', '--remote', 'mirror'))
  w.must('register', 'model', '-y', '--remote', 'mirror')
  const recipe = (await registry.get(`/artifacts/${digest}/dag`)).body as {
    jobs: { gitRepo: string }[]
    gitRepo: string
  }
  const published = recipe.jobs.map((job) => job.gitRepo)
  const shown = sent.jobs.map((job: { git: { repository: string } }) => job.git.repository)
  expect([...shown, ...published, recipe.gitRepo]).toEqual([mirror, mirror, mirror, mirror, mirror])
})

it('a remote that came after the run is published, by the address behind the short form of the settings', () => {
  const w = pipeline({ remote: false })
  const place = addRemote(w, 'origin')
  w.command('git', 'config', '--global', `url.${w.place}/.insteadOf`, 'own:')
  w.command('git', 'remote', 'set-url', 'origin', 'own:origin.git')
  const [job] = json(w.must('register', 'model', '--dry-run', '--json')).sent.jobs
  expect(job.git.repository).toBe(place)
})

it.each(['absolute', '../origin.git'])(
  'a remote that nobody else can reach (%s) is told by where it is, with a way out that works',
  (url) => {
    const w = pipeline({ remote: false })
    const place = addRemote(w, 'origin')
    w.command('git', 'remote', 'set-url', 'origin', url === 'absolute' ? place : url)
    w.must('run', 'sh', 'train.sh')
    expect(w.job('@2').git?.repository).toBe(place)
    const reachable = () =>
      json(w.must('register', 'model', '--json', '--dry-run')).checklist.find(
        (one: { name: string }) => one.name === 'commits can be fetched',
      )
    const detail = `${place}: a place on this machine, which nobody else can clone`
    const remedy = expect.stringContaining('git remote set-url origin URL, and register again')
    expect(reachable()).toMatchObject({ ok: false, detail, remedy })
    w.command('git', 'remote', 'set-url', 'origin', 'https://git.example/project')
    expect(reachable()).toMatchObject({ ok: true })
  },
)

it('a second clone that has tagged the same commit is no conflict', () => {
  const w = pipeline()
  w.must('register', 'model', '-y')
  w.command('git', 'tag', '--delete', ...tagsOf(w, w.root))
  const said = json(w.must('register', 'model', '-y', '--json'))
  expect(said.tags.list).toEqual([expect.objectContaining({ state: 'present' })])
})
