import type { PackageUse } from '@roar/core'
import { describe, expect, it } from 'vitest'
import type { Plan } from './plan.ts'
import { scriptOf } from './script.ts'

const use = (name: string, version: string | null): PackageUse => ({
  ecosystem: 'pypi',
  name,
  version,
  purl: '',
  location: null,
  modified: [],
})
const script = (packages: readonly PackageUse[]): string =>
  scriptOf({
    recipe: { of: 'out', prefix: '', steps: [], targets: [] },
    source: null,
    problems: [],
    inputs: [],
    environments: [{ kind: 'python', version: '3.11.7', at: null, packages, steps: [] }],
  } as unknown as Plan)

describe('A script that makes a Python environment', () => {
  it('says that its packages are pinned by version and by no digest', () => {
    const lines = script([use('numpy', '1.26.4'), use('loose', null)]).split('\n')
    const install = lines.findIndex((line) => line.includes('pip install --no-deps numpy==1.26.4'))
    expect(install).toBeGreaterThan(0)
    expect(lines[install - 1]).toMatch(/^# Pinned by version: digests of the archives were not recorded/)
    expect(lines[install]).not.toContain('loose')
  })

  it('says nothing of pins where there are none', () => {
    expect(script([])).not.toContain('Pinned by version')
  })
})
