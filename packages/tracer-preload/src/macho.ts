/** Would dyld load an inserted library into this program? The rules of native/darwin/macho.c, which says where they come from. */
import { readSync } from 'node:fs'

/** `none`: no Mach-O file. `foreign`: no slice for this machine. `protected`: dyld ignores its variables, or refuses what others have signed. */
export type MachoVerdict = 'entered' | 'none' | 'foreign' | 'protected'

const magic64 = 0xfeedfacf
const magicFat = 0xcafebabe
const magicFat64 = 0xcafebabf
const segment64 = 0x19
const codeSignature = 0x1d
const superBlob = 0xfade0cc0
const codeDirectory = 0xfade0c02
const entitlements = 0xfade7171
const csRestrict = 0x800
/** CS_RUNTIME and CS_REQUIRE_LV. */
const csHardened = 0x10000 | 0x2000
const most = { slices: 16, commands: 512, blobs: 32, text: 32768 }

/** CPU_TYPE_*, with the 64-bit mark. */
export const cpuTypes: Readonly<Record<string, number>> = { arm64: 0x0100000c, x64: 0x01000007 }

export function judgeMacho(fd: number, cpu: number): MachoVerdict {
  const magic = bytesAt(fd, 0, 4)
  if (magic.length < 4) return 'none'
  if (magic.readUInt32LE() !== magic64 && ![magicFat, magicFat64].includes(magic.readUInt32BE())) return 'none'
  const slice = findSlice(fd, cpu)
  if (slice === null) return 'foreign'
  const head = bytesAt(fd, slice, 32)
  return head.length < 32 || head.readUInt32LE() !== magic64
    ? 'foreign'
    : judgeCommands(fd, slice, head.readUInt32LE(16))
}

/** Where it begins. A file of one slice is its own. */
function findSlice(fd: number, cpu: number): number | null {
  const head = bytesAt(fd, 0, 8)
  if (head.length < 8) return null
  const wide = head.readUInt32BE() === magicFat64
  if (!wide && head.readUInt32BE() !== magicFat) return head.readUInt32LE(4) === cpu ? 0 : null
  const size = wide ? 32 : 20
  for (let i = 0; i < Math.min(head.readUInt32BE(4), most.slices); i++) {
    const one = bytesAt(fd, 8 + i * size, size)
    if (one.length < size) return null
    if (one.readUInt32BE() === cpu) return wide ? Number(one.readBigUInt64BE(8)) : one.readUInt32BE(8)
  }
  return null
}

function judgeCommands(fd: number, slice: number, count: number): MachoVerdict {
  let at = slice + 32
  for (let i = 0; i < Math.min(count, most.commands); i++) {
    const command = bytesAt(fd, at, 16)
    const size = command.length < 16 ? 0 : command.readUInt32LE(4)
    if (size < 8) break
    const kind = command.readUInt32LE()
    if (kind === segment64 && command.toString('latin1', 8, 16) === '__RESTRI') return 'protected'
    if (kind === codeSignature) return judgeSignature(fd, slice + command.readUInt32LE(8))
    at += size
  }
  return 'entered'
}

function judgeSignature(fd: number, start: number): MachoVerdict {
  const head = bytesAt(fd, start, 12)
  if (head.length < 12 || head.readUInt32BE() !== superBlob) return 'entered'
  let flags = 0
  let allowed = false
  for (let i = 0; i < Math.min(head.readUInt32BE(8), most.blobs); i++) {
    const entry = bytesAt(fd, start + 12 + i * 8, 8)
    const blob = entry.length < 8 ? entry : bytesAt(fd, start + entry.readUInt32BE(4), 16)
    if (blob.length < 16) break
    if (blob.readUInt32BE() === codeDirectory) flags |= blob.readUInt32BE(12)
    const text = blob.readUInt32BE(4) - 8
    if (blob.readUInt32BE() === entitlements && text > 0)
      allowed ||= allows(bytesAt(fd, start + entry.readUInt32BE(4) + 8, Math.min(text, most.text)).toString('latin1'))
  }
  if (flags & csRestrict) return 'protected'
  return flags & csHardened && !allowed ? 'protected' : 'entered'
}

/** dyld reads its variables in a hardened program, and loads what nobody has signed, only where the program's maker has allowed either. */
function allows(list: string): boolean {
  return ['allow-dyld-environment-variables', 'disable-library-validation'].every((name) => {
    const key = `com.apple.security.cs.${name}</key>`
    const at = list.indexOf(key)
    return at >= 0 && list.slice(at + key.length, at + key.length + 64).includes('<true/>')
  })
}

function bytesAt(fd: number, offset: number, length: number): Buffer {
  const into = Buffer.alloc(length)
  return into.subarray(0, readSync(fd, into, 0, length, offset))
}
