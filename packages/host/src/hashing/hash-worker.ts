/** The program of one hashing thread: takes files from the shared job until none is left. Bundled as a file of its own. */
import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { workerData } from 'node:worker_threads'
import type { BytePath, HashAlgorithm, HashFactory } from '@roar/core'
import { importFile } from '../plugins/import-file.ts'
import type { FactorySource } from '../plugins/plugin.ts'
import { hashFile, pieceBytes } from './read-file.ts'
import { SharedJob, type WorkerInput } from './shared-job.ts'

const backgroundNice = 10

async function work({ memory, sources, names, lengths, below, background }: WorkerInput): Promise<void> {
  if (background) lowerPriority()
  const job = new SharedJob(memory, names, lengths)
  const algorithms = await Promise.all(sources.map(load))
  const paths = job.paths()
  const buffer = Buffer.allocUnsafe(pieceBytes)
  const reading = {
    algorithms,
    below,
    buffer,
    stopped: () => job.stopped,
    onBytes: (bytes: number) => job.addBytes(bytes),
  }
  for (let index = job.take(); index < paths.length; index = job.take()) {
    const file = hashFile(paths[index] as BytePath, reading)
    let step = file.next()
    while (!step.done) step = file.next()
    job.put(index, step.value)
  }
}

/** Without its way of writing: records hold the bytes. */
async function load({ file, export: exported, name }: FactorySource): Promise<HashAlgorithm> {
  const module = await importFile(file)
  const factory = (module[exported] ?? (module.default as typeof module | undefined)?.[exported]) as HashFactory
  const algorithm = await factory(name)
  return { name, digestLength: algorithm.digestLength, create: (size) => algorithm.create(size) }
}

/** On Linux every thread has a nice value of its own, by its kernel id, which Node does not tell but /proc does: `PID/task/TID`. */
function lowerPriority(): void {
  try {
    const own = readlinkSync('/proc/thread-self').split('/')
    setPriority(Number(own.at(-1)), backgroundNice)
  } catch {
    // No /proc, or another system: it works at the usual priority.
  }
}

// What it throws ends the thread; whoever started it then finds the files undone.
void work(workerData as WorkerInput)
