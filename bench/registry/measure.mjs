// One engine: a registry that is filled, served, and asked everything.
import { loadavg } from 'node:os'
import { openRegistry, serve } from '../../packages/registry/dist/index.js'
import { round } from './figures.mjs'
import { phases } from './phases.mjs'
import { batches, lineages, lookingUp, questions, registering, searches, wideLineages } from './questions.mjs'

const parts = {
  registering,
  'looking up': lookingUp,
  batches,
  lineages,
  'a wide lineage': wideLineages,
  'pages of a search': searches,
}

/** `engine`: where it keeps its data (`place`), how it is filled (`load`), and its own floor. */
export async function measure(name, artifacts, engine) {
  const phase = phases(name)
  const start = performance.now()
  await (await openRegistry(engine.place)).close()
  await engine.load(phase)
  const filled = Math.round((performance.now() - start) / 1000)
  const limits = { requestsPerMinute: 0 }
  const server = await serve({ ...engine.place, host: '127.0.0.1', port: 0, version: 'bench', limits })
  try {
    const report = { engine: name, artifacts, 'filled in bulk, seconds': filled }
    const asked = questions(server.url, artifacts, engine)
    for (const [words, part] of Object.entries(parts)) {
      phase(words)
      Object.assign(report, await part(asked))
    }
    phase('the bare questions')
    Object.assign(report, { 'load average, one minute': round(loadavg()[0]) }, await engine.floor())
    phase(null)
    return report
  } finally {
    await server.close()
  }
}
