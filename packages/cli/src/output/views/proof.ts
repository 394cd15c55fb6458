/** The verdict on a proof, for people. */
import type { ProofVerdict } from '../../hashing/verify-proof.ts'
import { visible } from '../escape.ts'
import { count, size } from '../humane.ts'
import type { Page } from '../page.ts'

export function proofView(page: Page, verdict: ProofVerdict): void {
  const { good, bad, faint } = page.styles
  page.line(
    verdict.verdict === 'identical'
      ? good('the proof holds')
      : bad(verdict.sound ? 'the file is not what the proof is of' : 'the proof does not lead to its root'),
  )
  page.field('member', `${visible(verdict.path)}  ${faint(size(verdict.size))}`)
  page.field('blake3', verdict.digest)
  page.field('root', `${verdict.root}  ${faint(`of ${count(verdict.members, 'member')}`)}`)
  if (verdict.content !== null) page.field('content', verdict.content ? good('as proved') : bad('different'))
  page.field('recorded', verdict.known.length > 0 ? verdict.known.map(visible).join('  ') : faint('not here'))
}
