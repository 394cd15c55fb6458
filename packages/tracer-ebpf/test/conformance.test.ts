// The shared cases under this back end; REPEAT=50 is the long form, CASES='io-*' a part. Only where one of them is given, as by the soak: a few runs of
// programs with many threads lose single events on a busy machine, and say so. Until that is mended the whole suite is no gate.
import { tracerSuite } from '@roar/conformance'
import { afterAll, it } from 'vitest'
import { createTracer } from '../src/index.ts'
import { lackOfKernel, startDaemon } from './own-daemon.ts'

const asked = process.env.REPEAT !== undefined || process.env.CASES !== undefined
const lack = lackOfKernel() ?? (asked ? null : 'the whole suite runs by npm run test:soak, or with REPEAT or CASES')
if (lack) {
  it('reports what programs do', (context) => context.skip(lack))
} else {
  const daemon = await startDaemon()
  afterAll(daemon.stop)
  await tracerSuite(() => createTracer({ socket: daemon.socket }), {
    column: 'E',
    repeat: Number(process.env.REPEAT ?? 2),
  })
}
