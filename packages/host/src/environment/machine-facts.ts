/** What stays the same until the machine is started again: looked up once, then remembered. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname, release, type, version } from 'node:os'
import { join } from 'node:path'
import { keepFile } from '../probe/keep-file.ts'
import { containerFacts } from './container-facts.ts'
import { type FactSource, type Facts, known } from './fact-source.ts'
import { graphicsFacts } from './graphics-facts.ts'
import { hardwareFacts } from './hardware-facts.ts'
import { virtualMachineFacts } from './virtual-machine-facts.ts'

/** Changed when the facts are other ones. */
const form = 1

/** `clean` takes secrets out of a value; what is remembered has been through it. */
export async function machineFacts(
  source: FactSource,
  cache: string | null,
  clean: (value: string) => string,
): Promise<Facts> {
  const file = cache === null ? null : join(cache, `machine-${fingerprint(source)}.json`)
  const kept = file === null ? null : read(file)
  if (kept !== null) return kept
  const found = {
    ...systemFacts(source),
    ...hardwareFacts(source),
    ...virtualMachineFacts(source),
    ...containerFacts(source),
    ...(await graphicsFacts(source)),
  }
  const facts = Object.fromEntries(Object.entries(found).map(([name, value]) => [name, clean(value)]))
  if (file !== null) keepFile(file, JSON.stringify(facts))
  return facts
}

/** https://www.freedesktop.org/software/systemd/man/latest/os-release.html */
function systemFacts(source: FactSource): Facts {
  const text = source.text('/etc/os-release') || source.text('/usr/lib/os-release')
  const field = (name: string): string | undefined => new RegExp(`^${name}=(["']?)(.*)\\1$`, 'm').exec(text)?.[2]
  return known({
    'os.type': type(),
    'os.id': field('ID'),
    'os.version': field('VERSION_ID'),
    'os.name': field('PRETTY_NAME'),
    'kernel.release': release(),
    'kernel.version': version(),
  })
}

/** Of this start of this machine, or of this container on it. */
function fingerprint(source: FactSource): string {
  const parts = [
    form,
    source.text('/proc/sys/kernel/random/boot_id') || release(),
    hostname(),
    source.text('/proc/driver/nvidia/version'),
    source.env.KUBERNETES_SERVICE_HOST ?? '',
    source.env.APPTAINER_CONTAINER ?? source.env.SINGULARITY_CONTAINER ?? '',
  ]
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16)
}

function read(file: string): Facts | null {
  try {
    const facts: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const isWhole =
      typeof facts === 'object' && facts !== null && Object.values(facts).every((one) => typeof one === 'string')
    return isWhole ? (facts as Facts) : null
  } catch {
    return null
  }
}
