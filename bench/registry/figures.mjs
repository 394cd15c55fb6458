// Times, rates and processor time of what is asked again and again.

export const round = (value) => Number(value.toFixed(2))

export const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]

/** In milliseconds, one after the other. */
export async function timed(count, ask) {
  const times = []
  for (let i = 0; i < count; i++) {
    const start = performance.now()
    await ask(i)
    times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  return { p50: at(times, 0.5), p99: at(times, 0.99) }
}

/** `timed`, as two lines of the report. */
export async function lines(what, count, ask) {
  const { p50, p99 } = await timed(count, ask)
  return { [`${what}, p50 ms`]: round(p50), [`${what}, p99 ms`]: round(p99) }
}

/** Requests a second with so many at once. */
export async function rate(seconds, clients, ask) {
  const end = performance.now() + seconds * 1000
  let count = 0
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let i = client; performance.now() < end; i += clients) {
        await ask(i)
        count++
      }
    }),
  )
  return count / seconds
}

const tickMs = 10

/** Processor time of server and client together, in milliseconds for each of `count`; the database's own where it is another process. */
export async function costs(count, engineTicks, work) {
  const [before, ticks] = [process.cpuUsage(), engineTicks()]
  const result = await work()
  const { user, system } = process.cpuUsage(before)
  const number = typeof count === 'function' ? count(result) : count
  const cpu = {
    'server and client': round((user + system) / 1000 / number),
    engine: round(((engineTicks() - ticks) * tickMs) / number),
  }
  return [result, cpu]
}
