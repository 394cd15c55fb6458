/** Writes tables of cases shortly: one answer, many paths. */
import type { DetectorCase } from '@roar/conformance'
import type { Detection } from '@roar/core'

type Setting = Omit<DetectorCase, 'path' | 'is'>

export const all = (is: Detection | null, paths: string, setting: Setting = {}): readonly DetectorCase[] =>
  paths
    .split(/\s+/)
    .filter(Boolean)
    .map((path) => ({ ...setting, path, is }))
