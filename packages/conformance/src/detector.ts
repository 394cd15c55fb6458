/** The suite that every detector must pass: its own cases, and what holds for all of them. */
import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import {
  type ArtifactDetector,
  type BytePath,
  type Candidate,
  type Detection,
  type DetectorFactory,
  fromString,
} from '@roar/core'
import { detectionFault } from './detector/check-detection.ts'
import { type Places, ScratchProbe, type Tree } from './detector/scratch-probe.ts'

export { type Places, ScratchProbe, type Tree } from './detector/scratch-probe.ts'

/** vitest, node:test and others have these. */
export interface DetectorRunner {
  describe(name: string, body: () => void): unknown
  it(name: string, body: () => void): unknown
}

export interface DetectorCase extends Places {
  /** Absolute. */
  readonly path: string
  /** What the detector shall answer; null: it leaves the file to the next one. */
  readonly is: Detection | null
  /** Default: both, one after the other. */
  readonly role?: Candidate['role']
  /** Default 100. */
  readonly size?: number | null
  /** What lies on the disk. */
  readonly tree?: Tree
}

/** Paths that a run can bring and nobody thinks of. */
const hostile: readonly BytePath[] = [
  '/',
  '/a',
  '/\xff\xfe/\x80.csv',
  '/tmp/new\nline',
  `/${'d/'.repeat(2000)}x`,
  '/data/.',
  '/data/x.',
  '/data/__proto__',
  '/constructor/toString.hasOwnProperty',
  '/data/(a+)+$[',
  `/data/${'a.'.repeat(120)}`,
] as unknown as readonly BytePath[]

/**
 *     detectorSuite({ describe, it }, 'parquet', createDetector, [{ path: '/data/a.csv', is: null }])
 */
export function detectorSuite(
  { describe, it }: DetectorRunner,
  name: string,
  factory: DetectorFactory,
  cases: readonly DetectorCase[],
): void {
  describe(`the detector ${name}`, () => {
    it('has the name by which its manifest calls it', () => strictEqual(factory().name, name))
    for (const one of cases) it(title(one), () => checkCase(factory(), one))
    it('answers the same when it is asked again, among others, in another order', () => checkOrder(factory, cases))
    it('answers by the contract whatever a path looks like', () => checkHostile(factory()))
    it('does without a workspace, and on an empty disk', () => checkEmpty(factory(), cases))
    it('does not read the disk anew for each file of a directory that is not its own', () => checkQuestions(factory()))
  })
}

const title = ({ path, is, role }: DetectorCase): string =>
  `${path}${role ? ` as ${role}` : ''} is ${is === null ? 'left to the next' : words(is)}`

const words = ({ is, ...fields }: Detection): string =>
  [is, ...Object.values(fields).map((value) => (value === null ? '?' : String(value)))].join(' ')

function checkCase(detector: ArtifactDetector, one: DetectorCase): void {
  withProbe(one, (probe) => {
    for (const role of rolesOf(one)) matches(ask(detector, one, role, probe), one.is, `${one.path} as ${role}`)
  })
}

/** Cases with one disk between them: the same answers forwards and backwards. */
function checkOrder(factory: DetectorFactory, cases: readonly DetectorCase[]): void {
  for (const first of cases.filter((one) => cases.find((other) => sameDisk(one, other)) === one)) {
    withProbe(first, (probe) => {
      const same = cases.filter((other) => sameDisk(first, other))
      const detector = factory()
      for (const one of [...same, ...same.toReversed()])
        for (const role of rolesOf(one)) matches(ask(detector, one, role, probe), one.is, one.path)
    })
  }
}

function checkHostile(detector: ArtifactDetector): void {
  withProbe({}, (probe) => {
    for (const path of hostile)
      for (const role of ['input', 'output'] as const)
        for (const size of [null, 0, Number.MAX_SAFE_INTEGER])
          strictEqual(fault(detector, { path, role, size }, probe), null, path)
  })
}

function checkEmpty(detector: ArtifactDetector, cases: readonly DetectorCase[]): void {
  withProbe({ workspace: null }, (probe) => {
    for (const { path } of cases)
      strictEqual(fault(detector, { path: fromString(path), role: 'input', size: null }, probe), null, path)
  })
}

/** 1,000 files of no known kind: questions about their directory are fine, one or more about each file are not. */
function checkQuestions(detector: ArtifactDetector): void {
  withProbe({}, (probe) => {
    const files = Array.from({ length: 1000 }, (_, i) => `/data/set/part-${i}.unknown-kind` as BytePath)
    for (const path of files) detector.detect({ path, role: 'input', size: 100 }, probe)
    strictEqual(
      probe.asked.length < 100,
      true,
      `${probe.asked.length} questions for 1,000 files: ${probe.asked.slice(-3).join(', ')}`,
    )
  })
}

/** What a contract leaves optional is compared where the case names it. */
function matches(answer: Detection | null, wanted: Detection | null, message: string): void {
  const optional = ['purl', 'location', 'incidental'].filter((field) => wanted === null || !(field in wanted))
  const compared = answer && Object.entries(answer).filter(([field]) => !optional.includes(field))
  deepStrictEqual(compared && Object.fromEntries(compared), wanted, message)
}

const fault = (detector: ArtifactDetector, candidate: Candidate, probe: ScratchProbe): string | null =>
  detectionFault(detector.detect(candidate, probe))

function ask(
  detector: ArtifactDetector,
  one: DetectorCase,
  role: Candidate['role'],
  probe: ScratchProbe,
): Detection | null {
  const candidate = { path: fromString(one.path), role, size: one.size === undefined ? 100 : one.size }
  const answer = detector.detect(candidate, probe)
  strictEqual(detectionFault(answer), null, one.path)
  agrees(detector, candidate, answer, probe)
  return answer
}

/** What it says of a whole directory it says of each file there. */
function agrees(detector: ArtifactDetector, candidate: Candidate, answer: Detection | null, probe: ScratchProbe): void {
  const { path } = candidate
  const directory = path.slice(0, path.lastIndexOf('/')) as BytePath
  const { marks } = detector
  const isMarked = marks === undefined || marks.some((mark) => `${directory}/`.includes(mark))
  const all = isMarked ? (detector.inDirectory?.(directory, probe) ?? null) : 'none'
  if (all === null) return
  deepStrictEqual(answer, all === 'none' ? null : all, `${path} and its directory`)
  deepStrictEqual(detector.packagesOf?.(candidate, probe) ?? [], [], `packages of ${path} and its directory`)
}

const rolesOf = ({ role }: DetectorCase): readonly Candidate['role'][] => (role ? [role] : ['input', 'output'])

const sameDisk = (a: DetectorCase, b: DetectorCase): boolean =>
  a.tree === b.tree && a.workspace === b.workspace && a.home === b.home && a.platform === b.platform

function withProbe(setting: Places & { readonly tree?: Tree }, body: (probe: ScratchProbe) => void): void {
  const probe = new ScratchProbe(setting.tree, setting)
  try {
    body(probe)
  } finally {
    probe.close()
  }
}
