// Programs by chance: whatever they do with files, the record says it. PROGRAM='o0,a,r r0' runs one, SEED and PROGRAMS choose others.
import { randomSuite } from '@roar/conformance'
import { afterAll, it } from 'vitest'
import { createTracer } from '../src/index.ts'
import { lackOfKernel, startDaemon } from './own-daemon.ts'

const lack = lackOfKernel()
if (lack) {
  it('records programs by chance truly', (context) => context.skip(`no eBPF here: ${lack}`))
} else {
  const daemon = await startDaemon()
  afterAll(daemon.stop)
  await randomSuite(() => createTracer({ socket: daemon.socket }), { programs: Number(process.env.PROGRAMS ?? 1000) })
}
