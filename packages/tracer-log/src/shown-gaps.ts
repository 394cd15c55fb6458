/** What was not seen, with paths as people read them. */
import { type BytePath, display, type Gap } from '@roar/core'
import type { GapLedger } from '@roar/trace-protocol'

export const shownGaps = (gaps: GapLedger): Gap[] =>
  gaps.list().map((gap) => ({ ...gap, detail: display(gap.detail as BytePath) }))
