/** Which files the tensors of an ONNX model lie in: of its graph, of the graphs within its nodes, and of its functions. */
import { type BytePath, fromString } from '@roar/core'
import { type Field, fields, subfields, textIn } from '../../protobuf.ts'

type Message = readonly Field[]

/** Numbers of onnx.proto. */
const model = { graph: 7, functions: 25 }
const graphField = { node: 1, initializer: 5, sparse: 15 }
const functionNode = 7
const nodeAttribute = 5
const attribute = { tensor: 5, graph: 6, tensors: 10, graphs: 11, sparse: 22, sparses: 23 }
const sparseTensor = { values: 1, indices: 2 }
const tensor = { externalData: 13, key: 1, value: 2 }

/** A body of a loop in a body of a loop … */
const deepest = 32

/** None of what is no model. */
export function locationsIn(bytes: Uint8Array | null): readonly BytePath[] {
  try {
    const message = bytes ? fields(bytes) : []
    const nodes = subfields(message, model.functions).flatMap((one) => subfields(one, functionNode))
    const tensors = [...subfields(message, model.graph).flatMap((one) => ofGraph(one, 0)), ...ofNodes(nodes, 0)]
    return [...new Set(tensors.flatMap(locationOf))]
  } catch {
    return []
  }
}

function ofGraph(graph: Message, depth: number): readonly Message[] {
  if (depth > deepest) return []
  return [
    ...subfields(graph, graphField.initializer),
    ...ofSparse(subfields(graph, graphField.sparse)),
    ...ofNodes(subfields(graph, graphField.node), depth),
  ]
}

const ofNodes = (nodes: readonly Message[], depth: number): readonly Message[] =>
  nodes.flatMap((node) => subfields(node, nodeAttribute).flatMap((one) => ofAttribute(one, depth)))

function ofAttribute(one: Message, depth: number): readonly Message[] {
  const graphs = [...subfields(one, attribute.graph), ...subfields(one, attribute.graphs)]
  const sparse = [...subfields(one, attribute.sparse), ...subfields(one, attribute.sparses)]
  return [
    ...subfields(one, attribute.tensor),
    ...subfields(one, attribute.tensors),
    ...ofSparse(sparse),
    ...graphs.flatMap((graph) => ofGraph(graph, depth + 1)),
  ]
}

const ofSparse = (all: readonly Message[]): readonly Message[] =>
  all.flatMap((one) => [...subfields(one, sparseTensor.values), ...subfields(one, sparseTensor.indices)])

/** Relative to the model. */
const locationOf = (one: Message): readonly BytePath[] =>
  subfields(one, tensor.externalData)
    .filter((entry) => textIn(entry, tensor.key) === 'location')
    .flatMap((entry) => textIn(entry, tensor.value)?.replace(/^(?:\.\/+)+/, '') || [])
    .map(fromString)
