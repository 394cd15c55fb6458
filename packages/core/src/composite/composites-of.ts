/** From classified files to composites and what is left: the step between classify and hash. Loaded when a job touched one. */
import type { ClassifiedFile, ClassifiedJob, Classifier } from '../classify/classified.ts'
import { keeper } from '../classify/classify.ts'
import type { DigestLedger } from '../hash/digest-ledger.ts'
import type { RunServices } from '../ports.ts'
import { formGroup } from './form.ts'
import type { FormedComposite, FormOptions, UsesAt } from './formed.ts'
import { memberRules } from './former.ts'
import { gather } from './gather.ts'

export interface ComposedJob {
  readonly inputs: readonly ClassifiedFile[]
  readonly outputs: readonly ClassifiedFile[]
  readonly compositeInputs: readonly FormedComposite[]
  readonly compositeOutputs: readonly FormedComposite[]
  readonly notes: readonly string[]
}

export async function composeJob(
  sorted: ClassifiedJob,
  services: Pick<RunServices, 'composites' | 'hashes'>,
  usesAt: UsesAt,
  classifier: Classifier,
  ledger: DigestLedger,
  options: FormOptions,
): Promise<ComposedJob> {
  const { groups, looseInputs, looseOutputs } = gather(sorted)
  const port = groups.length === 0 ? null : await services.composites?.()
  if (!port) return { ...sorted, compositeInputs: [], compositeOutputs: [], notes: [] }
  const probe = classifier.freshProbe?.() ?? classifier.probe
  const room = {
    port,
    hashes: services.hashes,
    keeps: keeper(classifier),
    probe,
    ledger,
    rules: memberRules(classifier, probe),
    usesAt,
  }
  const inputs = [...looseInputs]
  const outputs = [...looseOutputs]
  const compositeInputs: FormedComposite[] = []
  const compositeOutputs: FormedComposite[] = []
  const notes: string[] = []
  for (const group of groups) {
    const formed = await formGroup(group, room, options)
    append(inputs, formed.looseInputs)
    append(outputs, formed.looseOutputs)
    append(notes, formed.notes)
    if (formed.input) compositeInputs.push(formed.input)
    if (formed.output) compositeOutputs.push(formed.output)
  }
  return { inputs, outputs, compositeInputs, compositeOutputs, notes }
}

/** Not by spreading: a call takes no hundred thousand arguments. */
function append<T>(list: T[], more: readonly T[]): void {
  for (const one of more) list.push(one)
}
