// What the scripts print: one line a step, on stderr, with the time it took.
const styled = process.stderr.isTTY && !process.env.NO_COLOR
const paint = (code, text) => (styled ? `\u001b[${code}m${text}\u001b[0m` : text)

export const note = (text) => console.error(text)
export const good = (text) => console.error(`${paint(32, '✓')} ${text}`)
export const bad = (text) => console.error(`${paint(31, '✗')} ${text}`)
export const missing = (text, remedy) => console.error(`${paint(33, '–')} ${text}\n    ${remedy}`)

export async function step(title, work) {
  const begun = performance.now()
  process.stderr.write(`… ${title}\n`)
  const result = await work()
  good(`${title} (${((performance.now() - begun) / 1000).toFixed(1)} s)`)
  return result
}
