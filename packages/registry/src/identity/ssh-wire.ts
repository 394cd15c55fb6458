/** The wire format of SSH (RFC 4251, section 5): strings with their length in front. */
export class SshReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  /** Throws a RangeError behind the end. */
  string(): Buffer {
    const length = this.#bytes.readUInt32BE(this.#at)
    const from = this.#at + 4
    if (from + length > this.#bytes.length) throw new RangeError('an SSH string goes beyond its end')
    this.#at = from + length
    return this.#bytes.subarray(from, this.#at)
  }

  text(): string {
    return this.string().toString('latin1')
  }

  uint32(): number {
    const value = this.#bytes.readUInt32BE(this.#at)
    this.#at += 4
    return value
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length
  }
}

export function sshString(value: string | Buffer): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'latin1') : value
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
