// What the registry's measurement asks a server for, and what it registers with it.
import { commandOf, commit, depth, digest, repository } from './rows.mjs'

const batch = 2000

export class Client {
  constructor(url, authorization) {
    this.url = url
    this.authorization = authorization
  }

  async ask(path, body) {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(this.authorization ? { authorization: this.authorization } : {}),
      },
      body: body ? JSON.stringify(body) : undefined,
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text.slice(0, 300)}`)
    return JSON.parse(text)
  }
}

export async function register(client, pipelines) {
  const started = await client.ask('/registration-sessions', { mode: 'anonymous_public' })
  const staging = new Client(client.url, `RegistrationSession ${started.registration_session_token}`)
  const at = `/registration-sessions/${started.registration_session_id}`
  const steps = pipelines.flat()
  const words = [...new Set(steps.flatMap((one) => [...one.inputs, one.output]))]
  const link = (word) => ({ hash: digest(word), path: `data/${word}` })
  for (let from = 0; from < steps.length; from += batch) {
    const some = steps.slice(from, from + batch)
    await staging.ask(`${at}/jobs/batch`, { jobs: some.map(jobOf) })
    await staging.ask(`${at}/links/batch`, {
      links: some.map((one) => ({ job_uid: one.uid, inputs: one.inputs.map(link), outputs: [link(one.output)] })),
    })
  }
  for (let from = 0; from < words.length; from += batch)
    await staging.ask(`${at}/artifacts/batch`, {
      artifacts: words
        .slice(from, from + batch)
        .map((word) => ({ hashes: [{ algorithm: 'blake3', digest: digest(word) }], size: 1000 })),
    })
  return staging.ask(`${at}/finalize`, { git_repo: repository, git_commit: commit })
}

const jobOf = (one) => ({
  job_uid: one.uid,
  command: commandOf(one),
  timestamp: 1_700_000_000 + one.at,
  duration_seconds: 1,
  exit_code: 0,
  job_type: 'run',
  step_number: one.at % depth,
  git_commit: commit,
})

/** 2,000 artifacts in 50 layers, each made of two of the layer before, and one of all of the last. */
export function wideLineage() {
  const across = 40
  const name = (layer, place) => `wide ${layer} ${place % across}`
  const steps = Array.from({ length: depth * across }, (_, at) => {
    const [layer, place] = [Math.floor(at / across), at % across]
    const inputs = layer === 0 ? [] : [name(layer - 1, place), name(layer - 1, place + 1)]
    return { uid: `wide-${at}`, inputs, output: name(layer, place), at }
  })
  const root = 'wide root'
  const last = Array.from({ length: across }, (_, place) => name(depth - 1, place))
  return { root, steps: [...steps, { uid: 'wide-root', inputs: last, output: root, at: depth * across }] }
}
