/** Tensors by name: their order in the file means nothing. https://huggingface.co/docs/safetensors */
import { closeSync, fstatSync, openSync } from 'node:fs'
import type { ContentComparer } from '@roar/core'
import { compareElements, placeIn } from '../compare-elements.ts'
import { compareValues } from '../compare-values.ts'
import { type ElementKind, elements } from '../elements.ts'
import { hasEnding } from '../format.ts'
import { fileRegion, type Region } from '../region.ts'
import { Tally } from '../tally.ts'

export const createSafetensorsComparer = (): ContentComparer => ({
  name: 'safetensors',
  async compare(pair) {
    if (!hasEnding(pair, /\.safetensors$/i)) return null
    const tally = new Tally(pair.tolerance)
    const files = [openSync(pair.expected, 'r'), openSync(pair.found, 'r')] as const
    try {
      compareTensors(tally, readTensors(files[0]), readTensors(files[1]))
    } finally {
      for (const file of files) closeSync(file)
    }
    return tally.result()
  },
})

interface Tensor {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data_offsets: readonly [number, number]
}

interface Tensors {
  readonly metadata: unknown
  readonly tensors: ReadonlyMap<string, { readonly tensor: Tensor; readonly region: Region }>
}

/** The specification's own limit. */
const longestHeader = 100_000_000

function readTensors(file: number): Tensors {
  const { size } = fstatSync(file)
  const length = Number(fileRegion(file, 0, size).read(0, 8).readBigUInt64LE())
  if (length > longestHeader || length + 8 > size) throw new Error('its header is longer than the file')
  const header = JSON.parse(fileRegion(file, 8, length).read(0, length).toString('utf8')) as Record<string, Tensor>
  const { __metadata__: metadata = null, ...named } = header
  const tensors = Object.entries(named).map(([name, tensor]) => {
    const [begin, end] = tensor.data_offsets
    return [name, { tensor, region: fileRegion(file, 8 + length + begin, end - begin) }] as const
  })
  return { metadata, tensors: new Map(tensors) }
}

function compareTensors(tally: Tally, expected: Tensors, found: Tensors): boolean {
  for (const [name, a] of expected.tensors) {
    const b = found.tensors.get(name)
    if (b === undefined) return tally.differs(`${name}: is no longer there`)
    if (!tally.same(a.tensor.dtype, b.tensor.dtype, () => `${name}: type`)) return false
    if (!tally.same(String(a.tensor.shape), String(b.tensor.shape), () => `${name}: shape`)) return false
    const kind = kinds[a.tensor.dtype] ?? elements.u1
    const where = (index: number) => `${name}${placeIn(a.tensor.shape, index)}`
    if (!compareElements(tally, { ...a, kind, little: true }, { ...b, kind, little: true }, where)) return false
  }
  const added = [...found.tensors.keys()].find((name) => !expected.tensors.has(name))
  if (added !== undefined) return tally.differs(`${added}: was not there`)
  return compareValues(tally, expected.metadata, found.metadata, () => '__metadata__')
}

const kinds: Readonly<Record<string, ElementKind>> = {
  ...{ BOOL: elements.bool, I8: elements.i1, I16: elements.i2, I32: elements.i4, I64: elements.i8 },
  ...{ U8: elements.u1, U16: elements.u2, U32: elements.u4, U64: elements.u8 },
  ...{ F16: elements.f2, BF16: elements.bf16, F32: elements.f4, F64: elements.f8 },
}
