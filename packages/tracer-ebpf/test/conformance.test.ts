// The shared cases under this back end; REPEAT=50 is the long form, CASES='io-*' a part.
import { tracerSuite } from '@roar/conformance'
import { afterAll, it } from 'vitest'
import { createTracer } from '../src/index.ts'
import { lackOfKernel, startDaemon } from './own-daemon.ts'

const lack = lackOfKernel()
if (lack) {
  it('reports what programs do', (context) => context.skip(lack))
} else {
  const daemon = await startDaemon()
  afterAll(daemon.stop)
  await tracerSuite(() => createTracer({ socket: daemon.socket }), {
    column: 'E',
    repeat: Number(process.env.REPEAT ?? 1),
  })
}
