/** What a job has read and left behind, as edges: its composites first, then the files that belong to none. */
import type { BytePath } from '../byte-path.ts'
import type { ClassifiedFile } from '../classify/classified.ts'
import type { ComposedJob } from '../composite/composites-of.ts'
import { compositeInput, compositeOutput } from '../composite/edges.ts'
import type { Resolved, ResolvedJob } from '../hash/resolve-digests.ts'
import type { Edge, InputEdge, JobOutcome } from '../model.ts'
import { relativeTo } from './relative-path.ts'

/** `digests`: of the files, in their order. `committed`: whose bytes the commit of the run vouches for. */
export function edgesOf(
  root: BytePath,
  { inputs, outputs, compositeInputs, compositeOutputs }: ComposedJob,
  digests: ResolvedJob,
  committed: ReadonlySet<BytePath>,
): Pick<JobOutcome, 'inputs' | 'outputs'> {
  const edge = edgeMaker(root)
  return {
    inputs: [
      ...compositeInputs.map((formed) => compositeInput(root, formed, committed)),
      ...inputs.map((file, i) => inputEdge(edge(file, digests.inputs[i] as Resolved), committed.has(file.path))),
    ],
    outputs: [
      ...compositeOutputs.map((formed) => compositeOutput(root, formed)),
      ...outputs.map((file, i) => withBase(edge(file, digests.outputs[i] as Resolved), file, root)),
    ],
  }
}

const edgeMaker =
  (root: BytePath) =>
  (file: ClassifiedFile, found: Resolved): Edge => ({
    path: relativeTo(root, file.path),
    names: file.names.map((name) => relativeTo(root, name)),
    kind: 'file',
    format: null,
    members: null,
    size: found.size,
    digests: found.digests,
    reason: found.reason,
    access: file.access,
    processes: file.processes,
    code: file.code,
  })

/** Few have one. */
const withBase = (edge: Edge, { base, readBack }: ClassifiedFile, root: BytePath): Edge =>
  base === undefined ? edge : { ...edge, base: relativeTo(root, base), readBack: readBack === true }

const inputEdge = (edge: Edge, inCommit: boolean): InputEdge => ({
  ...edge,
  inCommit,
  sourced: inCommit ? 'commit' : 'none',
})
