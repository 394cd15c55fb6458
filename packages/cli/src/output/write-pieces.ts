/** Writes an answer while it is made, some kilobytes at a time. */
import { isPlainText, printable } from './escape.ts'
import { jsonPieces } from './json-pieces.ts'
import { offer } from './terminal.ts'

const enough = 1 << 16

export class PieceWriter {
  #text = ''
  /** False when nobody reads any more (`roar show --json | head`): what comes is not worth making. */
  wanted = true

  add(text: string): void {
    this.#text += text
    if (this.#text.length > enough) this.end()
  }

  end(): void {
    if (this.wanted && this.#text !== '') this.wanted = offer(1, this.#text)
    this.#text = ''
  }
}

/** `printableJson`, of what holds no `Parts`. */
export function writeJson(document: unknown): void {
  const writer = new PieceWriter()
  for (const piece of jsonPieces(document)) if (typeof piece === 'string' && writer.wanted) writer.add(safe(piece))
  writer.add('\n')
  writer.end()
}

export async function writeJsonParts(document: unknown): Promise<void> {
  const writer = new PieceWriter()
  for (const piece of jsonPieces(document)) {
    if (typeof piece === 'string') writer.add(safe(piece))
    else {
      for await (const rows of piece.parts.each()) {
        writer.add(safe(piece.text(rows)))
        if (!writer.wanted) return
      }
      writer.add(piece.end())
    }
  }
  writer.add('\n')
  writer.end()
}

const safe = (text: string): string => (isPlainText(text) ? text : printable(text))
