/** Graphics cards and what drives them: from the drivers' own files, and from the vendors' tools where they are installed. */
import { promisify } from 'node:util'
import { type FactSource, type Facts, known } from './fact-source.ts'

/** Milliseconds. A tool that hangs on a broken card must not hold the record. */
const patience = 5000

export async function graphicsFacts(source: FactSource): Promise<Facts> {
  const nvidia = source.exists('/proc/driver/nvidia/version') || source.exists('/dev/nvidiactl')
  const amd = source.exists('/dev/kfd')
  const cards = [...(nvidia ? await nvidiaCards(source) : []), ...(amd ? amdCards(source) : [])]
  const facts: Facts = cards.length > 0 ? { 'gpu.count': String(cards.length) } : {}
  for (const [i, card] of cards.entries())
    for (const [name, value] of Object.entries(card)) facts[`gpu.${i}.${name}`] = value
  return { ...facts, ...(nvidia ? await cudaFacts(source) : {}), ...(amd ? rocmFacts(source) : {}) }
}

async function nvidiaCards(source: FactSource): Promise<readonly Facts[]> {
  const columns = ['name', 'memory.total', 'driver_version', 'compute_cap', 'uuid', 'pci.bus_id']
  const answer = await ask('nvidia-smi', [`--query-gpu=${columns.join(',')}`, '--format=csv,noheader,nounits'])
  return answer === null ? driversCards(source) : parseNvidiaCards(answer)
}

/** One line a card, in the order asked: `NVIDIA A100-SXM4-80GB, 81920, 535.104.05, 8.0, GPU-…, 00000000:07:00.0`. */
export const parseNvidiaCards = (answer: string): readonly Facts[] =>
  answer
    .split('\n')
    .map((line) => line.split(',').map((cell) => cell.trim()))
    .filter((cells) => cells.length >= 5)
    .map(([model, memory, driver, capability, uuid, bus]) =>
      known({ model, memory_mib: memory, driver, compute_capability: capability, uuid, bus }),
    )

/** Without the tool the driver still names its cards. */
function driversCards(source: FactSource): readonly Facts[] {
  return source.list('/proc/driver/nvidia/gpus').map((bus) => {
    const text = source.text(`/proc/driver/nvidia/gpus/${bus}/information`)
    return known({
      model: /^Model:\s*(.*)$/m.exec(text)?.[1],
      uuid: /^GPU UUID:\s*(.*)$/m.exec(text)?.[1],
      driver: driverVersion(source),
      bus,
    })
  })
}

/** `NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC 2023` */
const driverVersion = (source: FactSource): string | null =>
  /Kernel Module(?: for \S+)?\s+(\d[\d.]+)/.exec(source.text('/proc/driver/nvidia/version'))?.[1] ?? null

async function cudaFacts(source: FactSource): Promise<Facts> {
  const header = (await ask('nvidia-smi', [])) ?? ''
  const toolkit = source.text('/usr/local/cuda/version.json')
  const cudnn = source.text('/usr/include/cudnn_version.h') || source.text('/usr/local/cuda/include/cudnn_version.h')
  const parts = ['MAJOR', 'MINOR', 'PATCHLEVEL'].map((part) => new RegExp(`CUDNN_${part} (\\d+)`).exec(cudnn)?.[1])
  return known({
    'nvidia.driver': driverVersion(source),
    'cuda.driver_version': /CUDA Version:\s*([\d.]+)/.exec(header)?.[1],
    'cuda.toolkit_version': /"cuda"\s*:\s*\{[^}]*"version"\s*:\s*"([\d.]+)"/.exec(toolkit)?.[1],
    'cudnn.version': parts.every(Boolean) ? parts.join('.') : null,
  })
}

/** amdgpu's own files: https://docs.kernel.org/gpu/amdgpu/driver-misc.html */
function amdCards(source: FactSource): readonly Facts[] {
  return source
    .list('/sys/class/drm')
    .filter((name) => /^card\d+$/.test(name) && source.text(`/sys/class/drm/${name}/device/vendor`) === '0x1002')
    .map((name) => {
      const at = `/sys/class/drm/${name}/device`
      const bytes = Number(source.text(`${at}/mem_info_vram_total`))
      return known({
        model: source.text(`${at}/product_name`) || `AMD ${source.text(`${at}/device`)}`,
        memory_mib: bytes > 0 ? Math.round(bytes / 2 ** 20) : null,
        uuid: source.text(`${at}/unique_id`),
        driver: source.text('/sys/module/amdgpu/version'),
      })
    })
}

const rocmFacts = (source: FactSource): Facts => known({ 'rocm.version': source.text('/opt/rocm/.info/version') })

async function ask(tool: string, words: readonly string[]): Promise<string | null> {
  // Loaded here because it costs 2 ms at every start; few machines have such a tool.
  const { execFile } = process.getBuiltinModule('node:child_process')
  try {
    return (await promisify(execFile)(tool, [...words], { timeout: patience, encoding: 'utf8' })).stdout
  } catch {
    return null
  }
}
