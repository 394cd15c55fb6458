/** Files whose lines name other files: names are bytes, also where they are no UTF-8, and stay a char a byte. */
import type { BytePath, Probe } from '@roar/core'

const most = 64 * 1024 * 1024

/** null for what cannot be read. */
export function fileBytes(path: BytePath, probe: Probe): Uint8Array | null {
  if (probe.bytes) return probe.bytes(path, most)
  const text = probe.text(path, most)
  return text === null ? null : Buffer.from(text, 'utf8')
}

export function byteText(path: BytePath, probe: Probe): string | null {
  const bytes = fileBytes(path, probe)
  return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
