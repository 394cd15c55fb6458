/** ONNX with its weights in other files. */
import type { BytePath } from '@roar/core'
import type { Directory } from '../../directory.ts'
import { type Format, only } from '../../format.ts'
import { type Field, fields, subfields, textIn } from '../../protobuf.ts'

const largest = 512 << 20
/** As exporters call them. */
const usual = (model: string): readonly string[] => [
  `${model}.data`,
  `${model}_data`,
  model.replace(/\.onnx$/, '.data'),
  model.replace(/\.onnx$/, '.weights'),
]

/** Numbers of onnx.proto: ModelProto.graph, GraphProto.initializer, TensorProto.external_data. */
const field = { graph: 7, initializer: 5, externalData: 13, key: 1, value: 2 }

function locations(at: Directory, model: string): readonly string[] {
  const bytes = at.bytes(model, largest)
  try {
    const graphs = bytes ? subfields(fields(bytes), field.graph) : []
    const tensors = graphs.flatMap((graph) => subfields(graph, field.initializer))
    return [...new Set(tensors.flatMap(locationOf))]
  } catch {
    return []
  }
}

const locationOf = (tensor: readonly Field[]): readonly string[] =>
  subfields(tensor, field.externalData)
    .filter((entry) => textIn(entry, field.key) === 'location')
    .flatMap((entry) => textIn(entry, field.value) ?? [])

export const onnx: Format = {
  name: 'onnx',
  about: {
    title: 'ONNX with external data',
    recognised: '`x.onnx` beside `x.onnx.data`, `x.onnx_data`, `x.data` or `x.weights`',
    members: 'the model, and the files that its tensors name',
    whole: 'all of these are there',
  },
  family: (name, at) => {
    const model = modelOf(name)
    if (model === null) return null
    return at.once(model, () => at.exists(model) && usual(model).some((one) => at.exists(one))) ? model : null
  },
  members: (paths, at, family) => {
    const model = family ?? ''
    const named = locations(at, model)
    const wanted = new Set([model, ...(named.length > 0 ? named : usual(model))])
    const lost = named.find((one) => !paths.includes(one as BytePath))
    return only(paths, (path) => wanted.has(path), lost === undefined ? null : `${lost} is missing`)
  },
}

function modelOf(name: string): string | null {
  if (name.endsWith('.onnx')) return name
  if (/\.onnx[._]data$/.test(name)) return name.slice(0, -5)
  return /\.(?:data|weights)$/.test(name) ? name.replace(/\.\w+$/, '.onnx') : null
}
