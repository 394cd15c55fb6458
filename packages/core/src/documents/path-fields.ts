/** How a path stands in a JSON document: text for people, and the bytes whole where text cannot hold them. */
import { type BytePath, display, toBuffer, toText } from '../byte-path.ts'

export interface PathFields {
  readonly path: string
  /** Present only where the path is not UTF-8. */
  readonly path_b64?: string
}

export function pathFields(path: BytePath): PathFields {
  const text = toText(path)
  return text === null ? { path: display(path), path_b64: toBuffer(path).toString('base64') } : { path: text }
}
