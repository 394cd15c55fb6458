/** Hashes in threads of Node: several algorithms, or one without threads of its own, for more than a moment's work. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { BytePath, HashAlgorithm, HashedFile } from '@roar/core'
import type { FactorySource } from '../plugins/plugin.ts'
import { digestText } from './digest-text.ts'
import type { Task } from './hash-task.ts'
import { SharedJob, type WorkerInput } from './shared-job.ts'

const progressEveryMs = 100

/** Null for each file that no thread could do: an algorithm was not found there, or threads are not to be had. */
export async function workerHash(
  paths: readonly BytePath[],
  algorithms: readonly HashAlgorithm[],
  sources: readonly FactorySource[],
  task: Task,
): Promise<readonly (HashedFile | null)[]> {
  const entry = workerEntry()
  if (entry === null) return paths.map(() => null)
  const names = algorithms.map((one) => one.name)
  const lengths = algorithms.map((one) => one.digestLength)
  const job = SharedJob.create(paths, names, lengths)
  const { below, background } = task
  const input = { memory: job.memory, sources, names, lengths, below, background }
  const count = Math.min(task.threads, paths.length)
  await watched(job, task, () => Promise.all(Array.from({ length: count }, () => thread(entry, input))))
  return paths.map((path, index) => written(job.get(index, path), algorithms))
}

/** Threads hand over bytes; some algorithms write theirs in a way of their own. */
function written(file: HashedFile | null, algorithms: readonly HashAlgorithm[]): HashedFile | null {
  const own = algorithms.filter((one) => one.text)
  if (!file?.digests || own.length === 0) return file
  const size = Number(file.stamp?.size)
  const text = (one: HashAlgorithm) => digestText(one, Buffer.from(file.digests?.[one.name] as string, 'hex'), size)
  return { ...file, digests: { ...file.digests, ...Object.fromEntries(own.map((one) => [one.name, text(one)])) } }
}

/** Beside this module in a bundle; from the sources, what was built of them last. */
function workerEntry(): string | null {
  const places = ['./hash-worker.js', '../../dist/hash-worker.js']
  return places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((file) => existsSync(file)) ?? null
}

/** Resolves when the thread has ended, in whatever way: what it left undone shows in the job. */
function thread(entry: string, workerData: WorkerInput): Promise<void> {
  return new Promise((resolve) => {
    // The flags of this process (a debugger, a loader) are not for it.
    // Loaded here: most runs need no thread.
    const { Worker } = process.getBuiltinModule('node:worker_threads')
    const worker = new Worker(entry, { workerData, execArgv: [] })
    worker.once('error', () => resolve())
    worker.once('exit', () => resolve())
  })
}

async function watched(job: SharedJob, { signal, progress }: Task, work: () => Promise<unknown>): Promise<void> {
  const stop = (): void => job.stop()
  signal?.addEventListener('abort', stop, { once: true })
  if (signal?.aborted) stop()
  let [bytes, files] = [0, 0]
  const tell = (): void => {
    progress.add(job.bytes - bytes)
    progress.finish(job.finished - files)
    ;[bytes, files] = [job.bytes, job.finished]
  }
  const timer = setInterval(tell, progressEveryMs)
  try {
    await work()
    tell()
  } finally {
    clearInterval(timer)
    signal?.removeEventListener('abort', stop)
  }
}
