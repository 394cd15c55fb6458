// What a filled registry is asked, part by part; each gives lines of the report.
import { Client, register, wideLineage } from './asking.mjs'
import { at, costs, lines, rate, round, timed } from './figures.mjs'
import { depth, digest, pipeline } from './rows.mjs'

/** Registered by the API, behind those that are there. */
const most = 100

/** `engineTicks`, `engineMs`: processor time of an engine that is another process (processor-time.mjs). */
export function questions(url, artifacts, { engineTicks = () => 0, engineMs = () => () => 0 }) {
  const chains = Math.ceil(artifacts / depth)
  return { url, client: new Client(url), chains, engineTicks, engineMs }
}

/** Some artifact of the filled ones, each time another. */
export const some = (i, chains) => `${(i * 7919) % chains} ${(i * 31) % depth}`
/** The last artifact of some pipeline. */
export const last = (i, chains) => digest(`${(i * 7919) % chains} ${depth - 1}`)

export async function registering({ client, chains, engineTicks }) {
  const further = Math.min(most, chains)
  const pipelines = Array.from({ length: further }, (_, i) => pipeline(chains + i))
  const once = async () => {
    const start = performance.now()
    await register(client, pipelines)
    return Math.round((further * depth) / ((performance.now() - start) / 1000))
  }
  const [first, cpu] = await costs(further * depth, engineTicks, once)
  return {
    'registered, artifacts a second (job, 2 links each)': first,
    'registered again, artifacts a second': await once(),
    'processor ms an artifact registered': cpu,
  }
}

const seconds = 3

export async function lookingUp({ client, chains, engineTicks }) {
  const ask = (i) => client.ask(`/artifacts/${digest(some(i, chains))}`)
  // The first requests compile what all others run.
  await rate(2, 4, ask)
  const [found, cpu] = await costs(
    (a) => a * seconds,
    engineTicks,
    () => rate(seconds, 16, ask),
  )
  return { 'look-ups a second, one by one': Math.round(found), 'processor ms a look-up': cpu }
}

export async function batches({ client, chains, engineTicks }) {
  const digests = (i) => Array.from({ length: 1000 }, (_, j) => digest(some(i * 1000 + j, chains)))
  const ask = (i) => client.ask('/artifacts/find', { digests: digests(i) })
  const [found, cpu] = await costs(
    (a) => a * seconds,
    engineTicks,
    () => rate(seconds, 2, ask),
  )
  return { 'look-ups a second, in batches of 1,000': Math.round(found * 1000), 'processor ms a batch of 1,000': cpu }
}

export async function lineages({ client, chains, engineTicks, engineMs }) {
  const lineage = (i) => client.ask(`/artifacts/${last(i, chains)}/lineage?depth=${depth + 1}`)
  await timed(20, (i) => lineage(i + 5000))
  const processor = []
  const engineNow = engineMs()
  const measured = async (i) => {
    const [own, engine] = [process.cpuUsage(), engineNow()]
    await lineage(i)
    const { user, system } = process.cpuUsage(own)
    processor.push((user + system) / 1000 + engineNow() - engine)
  }
  const [walk, cpu] = await costs(200, engineTicks, () => lines(`lineage of depth ${depth}`, 200, measured))
  processor.sort((a, b) => a - b)
  return {
    ...walk,
    'the same in processor ms of all, p50': round(at(processor, 0.5)),
    'the same in processor ms of all, p99': round(at(processor, 0.99)),
    'processor ms a lineage': cpu,
  }
}

export async function wideLineages({ client, engineTicks }) {
  const wide = wideLineage()
  await register(client, [wide.steps])
  const ask = () => client.ask(`/artifacts/${digest(wide.root)}/lineage?depth=${depth + 2}&limit=10000`)
  const name = `lineage of ${(await ask()).nodes.length} nodes`
  const [walk, cpu] = await costs(60, engineTicks, () => lines(name, 60, ask))
  return { ...walk, [`processor ms a ${name}`]: cpu }
}

export async function searches({ url, client, chains }) {
  const page = (words) => fetch(`${url}/search?q=${words}`).then((answer) => answer.text())
  const command = (i) => client.ask(`/jobs?command=step+${i}+${(i * 7919) % chains}`)
  return {
    ...(await lines('jobs by three words', 60, command)),
    ...(await lines('page of a search for nothing', 60, (i) => page(`nowhere${i}`))),
    ...(await lines('page of a search by name', 60, (i) => page(`${(i * 7919) % chains}%20${i % depth}`))),
  }
}
