// What today's libraries write is recognised for what it is, with the members that are alive; what is not finished is not passed off as whole.
import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BytePath, type CompositeFound, type CompositeMembers, fromString, type Probe } from '@roar/core'
import { createProbe } from '@roar/host'
import { afterAll, describe, expect, it } from 'vitest'
import { writersPython } from '../scripts/writers.mjs'
import { createCompositeDetector } from '../src/index.ts'

interface Fixture {
  readonly name: string
  readonly format: string
  readonly complete: boolean
  /** Patterns of which some are no members. */
  readonly left: readonly string[]
  readonly skipped?: string
  readonly failed?: string
}

const script = fileURLToPath(new URL('../scripts/fixtures.py', import.meta.url))
const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-formats-')))
afterAll(() => rmSync(place, { recursive: true, force: true }))
const root = join(place, 'data')
const python = writersPython()
const written = python ?? 'python3'
const made = spawnSync(written, [script, root], { encoding: 'utf8' })
const fixtures = (made.stdout ?? '')
  .split('\n')
  .filter((line) => line.startsWith('{'))
  .map((line) => JSON.parse(line) as Fixture)
const probe: Probe = createProbe({
  workspace: { rootPath: fromString(join(place, 'elsewhere')) },
  env: { HOME: place },
})

const filesBelow = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => !lstatSync(join(directory, name)).isDirectory())
    .sort((a, b) => (a < b ? -1 : 1))

/** A star stands for anything within a directory. */
const matches = (path: string, pattern: string): boolean =>
  new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`).test(path)

function recognised(fixture: Fixture): {
  readonly found: CompositeFound
  readonly said: CompositeMembers
  readonly all: string[]
} {
  const detector = createCompositeDetector()
  const name = join(root, fixture.name)
  const isDirectory = existsSync(name) && lstatSync(name).isDirectory()
  const directory = isDirectory ? name : join(name, '..')
  const all = filesBelow(directory)
  const answers = all.map((file) =>
    detector.detect({ path: fromString(join(directory, file)), role: 'output', size: null }, probe),
  )
  const found = answers.find((one) => one?.is === 'composite' && (one.name ?? one.root) === name) as CompositeFound
  expect(found, `${fixture.name}: ${JSON.stringify(answers[0])}`).toBeDefined()
  const said = detector.describe?.(found, all.map(fromString), probe) as CompositeMembers
  return { found, said, all }
}

describe('real data', () => {
  it('is written by the libraries that are here', (context) => {
    if (made.error) context.skip('python3 is not installed')
    expect(fixtures.length, made.stderr).toBeGreaterThan(30)
    expect(fixtures.flatMap((one) => one.failed ?? [])).toEqual([])
  })
  for (const fixture of fixtures.filter((one) => !one.failed)) {
    it(`${fixture.format}: ${fixture.name}`, (context) => {
      if (fixture.skipped) context.skip(fixture.skipped)
      const { found, said, all } = recognised(fixture)
      expect(found.format).toBe(fixture.format)
      expect(said.incomplete === null, said.incomplete ?? 'complete').toBe(fixture.complete)
      const members = new Set<string>(said.members ?? all.map(fromString))
      expect(members.size).toBeGreaterThan(0)
      if (found.name !== undefined) return
      const left = all.filter((path) => !members.has(path as BytePath))
      expect(left.length > 0, `left out: ${left.join(' ')}`).toBe(fixture.left.length > 0)
      for (const path of left)
        expect(
          fixture.left.some((pattern) => matches(path, pattern)),
          path,
        ).toBe(true)
    })
  }
})
