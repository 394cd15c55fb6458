// Where the tests keep their temporary files: one folder that is gone when they end, whatever each of them leaves. And where none of the machine's daemons listens.
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export default function testPlace() {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-tests-')))
  chmodSync(place, 0o1777) // some tests run as another user
  process.env.TMPDIR = place // inherited by every worker, which start later
  process.env.ROAR_EBPF_SOCKET = join(place, 'no-daemon') // which tracer `auto` takes is not for the machine to say
  return () => rmSync(place, { recursive: true, force: true })
}
