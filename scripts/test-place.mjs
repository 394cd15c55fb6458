// Where the tests keep their temporary files: one folder that is gone when they end, whatever each of them leaves.
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export default function testPlace() {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-tests-')))
  chmodSync(place, 0o1777) // some tests run as another user
  process.env.TMPDIR = place // inherited by every worker, which start later
  return () => rmSync(place, { recursive: true, force: true })
}
