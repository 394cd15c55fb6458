/** Of variables whose values are not recorded: HMAC-SHA-256 under a key that never leaves the workspace. Equality can be tested, the value not read. */
import { createHmac, randomBytes } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

const keyLength = 32

/** 128 bits, as hex. The name is part of it: two variables of one value do not show that they are equal. */
export function commitment(key: Uint8Array, name: string, value: string): string {
  return createHmac('sha256', key).update(`${name}\0${value}`).digest('hex').slice(0, 32)
}

/** Made when it is first needed; null where it can be neither read nor made: then nothing is committed to. */
export function commitmentKey(file: string): Uint8Array | null {
  return read(file) ?? make(file)
}

function read(file: string): Uint8Array | null {
  try {
    const bytes = readFileSync(file)
    return bytes.length === keyLength ? bytes : null
  } catch {
    return null
  }
}

/** Another run may make it at the same time: the first one counts, and each reads what is there. */
function make(file: string): Uint8Array | null {
  const fresh = `${file}.${process.pid}.new`
  try {
    writeFileSync(fresh, randomBytes(keyLength), { mode: 0o600 })
    linkSync(fresh, file)
  } catch {
    // It is there already, or the file system has no links: whoever looks next tries again.
  } finally {
    rmSync(fresh, { force: true })
  }
  return read(file)
}
