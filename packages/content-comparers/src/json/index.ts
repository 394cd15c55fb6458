/** JSON and JSON lines: the order of names and the spelling of numbers mean nothing. */
import { readFileSync } from 'node:fs'
import type { ContentComparer } from '@roar/core'
import { hasEnding } from '../format.ts'
import { Tally } from '../tally.ts'
import { compareJson } from './compare-json.ts'

export const createJsonComparer = (): ContentComparer => ({
  name: 'json',
  async compare(pair) {
    const lines = hasEnding(pair, /\.(jsonl|ndjson)$/i)
    if (!lines && !hasEnding(pair, /\.(json|geojson|ipynb)$/i)) return null
    // JSON.parse would make two large numbers equal that are not.
    const { parse, isLosslessNumber } = await import('lossless-json')
    const read = (path: string): unknown => {
      const text = readFileSync(path, 'utf8').replace(/^\ufeff/, '')
      return lines
        ? text
            .split('\n')
            .filter((line) => line.trim() !== '')
            .map((line) => parse(line))
        : parse(text)
    }
    const tally = new Tally(pair.tolerance)
    const numberOf = (value: unknown): string | null => (isLosslessNumber(value) ? value.value : null)
    compareJson({ tally, numberOf }, read(pair.expected), read(pair.found), '$')
    return tally.result()
  },
})
