/** ONNX with its weights in other files. */
import type { Directory } from '../../directory.ts'
import { type Format, only } from '../../format.ts'
import { locationsIn } from './external-data.ts'

const largest = 512 << 20
/** As exporters call them. */
const usual = (model: string): readonly string[] => [
  `${model}.data`,
  `${model}_data`,
  model.replace(/\.onnx$/, '.data'),
  model.replace(/\.onnx$/, '.weights'),
]

/** A model whose weights lie elsewhere is small itself; a larger one is known by the usual names alone. */
const largestAsked = 64 << 20

export const onnx: Format = {
  name: 'onnx',
  about: {
    title: 'ONNX with external data',
    recognised:
      '`x.onnx` whose tensors name other files, whatever they are called, there or not; a model above 64 MB beside `x.onnx.data`, `x.onnx_data`, `x.data` or `x.weights`',
    members:
      'the model, and the files beside it that its tensors name; those in folders below are named as lying elsewhere',
    whole: 'all of these are there',
  },
  hasAnyName: true,
  glance: (at) => void modelsIn(at),
  family: (name, at) => {
    const model = modelOf(name)
    if (model !== null && at.exists(model) && isParted(model, at)) return model
    return modelsIn(at).find((one) => one !== name && named(one, at).has(name)) ?? null
  },
  members: (paths, at, family) => {
    const model = family ?? ''
    const locations = locationsIn(at.bytes(model, largest))
    const wanted = new Set<string>([model, ...(locations.length > 0 ? locations : usual(model))])
    const away = locations.filter((one) => !paths.includes(one))
    const lost = away.find((one) => !at.exists(one))
    const said = only(paths, (path) => wanted.has(path), lost === undefined ? null : `${lost} is missing`)
    // In a folder of its own it is no member: a set's files lie beside each other.
    const elsewhere = away.filter((one) => one.includes('/') && at.exists(one))
    return elsewhere.length === 0 ? said : { ...said, elsewhere }
  },
}

const isParted = (model: string, at: Directory): boolean =>
  at.once(
    `parted ${model}`,
    // That none of them is there has to be told, too.
    () => named(model, at).size > 0 || usual(model).some((one) => at.exists(one)),
  )

const modelsIn = (at: Directory): readonly string[] =>
  at.remembered('onnx models', () => at.names.filter((name) => name.endsWith('.onnx')))

const named = (model: string, at: Directory): ReadonlySet<string> =>
  at.remembered(`named by ${model}`, () => new Set(locationsIn(at.bytes(model, largestAsked))))

function modelOf(name: string): string | null {
  if (name.endsWith('.onnx')) return name
  if (/\.onnx[._]data$/.test(name)) return name.slice(0, -5)
  return /\.(?:data|weights)$/.test(name) ? name.replace(/\.\w+$/, '.onnx') : null
}
