// Which back end a command gets.
import type { Command, Gap, TracerBackend } from '@roar/core'
import { expect, it } from 'vitest'
import { chooseTracer } from './choose-tracer.ts'

const command: Command = { argv: ['x'], cwd: '/', env: {}, runDirectory: '/' }
const gap: Gap = { code: 'static-binary', count: 1, detail: '/x' }

interface State {
  readonly ok: boolean
  readonly gaps: readonly Gap[]
  readonly harm?: string
  readonly isWarm?: () => boolean
}

function backEnds(state: Readonly<Record<string, State>>) {
  const load = async (name: string) =>
    ({
      name,
      ...(state[name]?.isWarm && { isWarm: state[name].isWarm }),
      preflight: async () => ({ summary: 'said so', checks: [], ...state[name] }),
    }) as unknown as TracerBackend
  return { names: Object.keys(state), load }
}
const pick = async (state: Parameters<typeof backEnds>[0], wanted = 'auto') =>
  (await chooseTracer(backEnds(state), { wanted, fallback: false }, command)).tracer.name

it('takes the cheapest that sees the whole command', async () => {
  expect(await pick({ preload: { ok: true, gaps: [] }, ptrace: { ok: true, gaps: [] } })).toBe('preload')
  expect(await pick({ preload: { ok: true, gaps: [gap] }, ptrace: { ok: true, gaps: [] } })).toBe('ptrace')
})

it('takes inside and outside together before either alone, where that costs the program nothing', async () => {
  const all = { preload: { ok: true, gaps: [] }, ptrace: { ok: true, gaps: [] } }
  const setId: Gap = { code: 'set-id', count: 1, detail: 'every set-id program of the tree' }
  expect(await pick({ ...all, hybrid: { ok: true, gaps: [] } })).toBe('hybrid')
  expect(await pick({ ...all, hybrid: { ok: true, gaps: [setId] } })).toBe('preload')
})

it('takes one that sees a part when none sees all', async () => {
  expect(await pick({ preload: { ok: true, gaps: [gap] }, ptrace: { ok: false, gaps: [] } })).toBe('preload')
})

it('takes none that changes the program while another sees a part, however little', async () => {
  const setId: Gap = { code: 'set-id', count: 1, detail: '/usr/bin/sudo' }
  const harmful = { ok: true, gaps: [setId], harm: 'no privilege' }
  const all = { preload: { ok: true, gaps: [setId] }, ptrace: harmful, hybrid: harmful }
  expect(await pick(all)).toBe('preload')
  expect(await pick({ ...all, preload: { ok: false, gaps: [] } })).toBe('hybrid')
  expect(await pick(all, 'ptrace')).toBe('ptrace')
  const asked = await chooseTracer(backEnds(all), { wanted: 'ptrace', fallback: false }, command)
  expect([asked.harm, (await chooseTracer(backEnds(all), { wanted: 'auto', fallback: true }, command)).harm]).toEqual([
    'no privilege',
    undefined,
  ])
})

it('takes what was asked for, whatever it misses', async () => {
  expect(await pick({ preload: { ok: true, gaps: [gap] }, ptrace: { ok: true, gaps: [] } }, 'preload')).toBe('preload')
})

it('passes over one that would have to load something first, unless no other is ready', async () => {
  const cold = { ok: true, gaps: [], isWarm: () => false }
  expect(await pick({ ebpf: cold, preload: { ok: true, gaps: [] } })).toBe('preload')
  expect(await pick({ ebpf: { ...cold, isWarm: () => true }, preload: { ok: true, gaps: [] } })).toBe('ebpf')
  expect(await pick({ ebpf: cold, preload: { ok: false, gaps: [] } })).toBe('ebpf')
  expect(await pick({ ebpf: cold, preload: { ok: true, gaps: [] } }, 'ebpf')).toBe('ebpf')
})

it('does not even load one whose daemon listens nowhere', async () => {
  const loaded: string[] = []
  const { names, load } = backEnds({ ebpf: { ok: true, gaps: [] }, preload: { ok: true, gaps: [] } })
  const candidates = {
    names,
    load: (name: string) => {
      loaded.push(name)
      return load(name)
    },
    sockets: (name: string) => (name === 'ebpf' ? ['/nowhere/roard.sock'] : []),
  }
  const chosen = await chooseTracer(candidates, { wanted: 'auto', fallback: true }, command)
  expect([chosen.tracer.name, loaded]).toEqual(['preload', ['preload']])
})
