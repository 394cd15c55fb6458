/** The suite's result in numbers: passed, owed, declared as gaps; kept as JSON beside the other build products. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { CaseFile, Column } from './case-file.ts'
import type { Verdict } from './harness.ts'

export interface CaseResult {
  readonly id: string
  readonly title: string
  readonly duty: string
  readonly result: Verdict | { readonly verdict: 'skipped'; readonly reason: string }
}

export interface SuiteSummary {
  readonly tracer: string
  readonly repeat: number
  /** Cases that ran and that the back end must see. */
  readonly owed: number
  readonly passed: number
  /** Of the owed ones. */
  readonly owedPassed: number
  readonly declared: number
  readonly failed: number
  readonly skipped: number
  readonly cases: readonly CaseResult[]
}

export class Summary {
  readonly #results = new Map<string, CaseResult>()
  readonly #tracer: string
  readonly #repeat: number

  constructor(tracer: string, repeat: number) {
    this.#tracer = tracer
    this.#repeat = repeat
  }

  add(one: CaseFile, column: Column, result: CaseResult['result']): void {
    this.#results.set(one.id, { id: one.id, title: one.title, duty: one.duty[column], result })
  }

  totals(): SuiteSummary {
    const cases = [...this.#results.values()]
    const count = (verdict: string, duty?: string) =>
      cases.filter((one) => one.result.verdict === verdict && (!duty || one.duty === duty)).length
    return {
      tracer: this.#tracer,
      repeat: this.#repeat,
      owed: cases.filter((one) => one.duty === 'Y').length - count('skipped', 'Y'),
      passed: count('passed'),
      owedPassed: count('passed', 'Y'),
      declared: count('declared'),
      failed: count('failed'),
      skipped: count('skipped'),
      cases,
    }
  }

  write(path: string): void {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `${JSON.stringify(this.totals(), null, 2)}\n`)
  }
}

export const summaryLine = ({ tracer, passed, owed, owedPassed, declared, failed, skipped }: SuiteSummary): string =>
  `${tracer}: ${owedPassed} of ${owed} owed cases passed, ${passed - owedPassed} more seen, ${declared} declared as gaps, ${failed} failed, ${skipped} skipped`
