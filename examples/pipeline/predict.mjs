// Reads birds from standard input, writes `true species,predicted species` for each.
import { readFileSync } from 'node:fs'

const { species, means, deviations, weights } = JSON.parse(readFileSync('work/model.json', 'utf8'))
const [, ...lines] = readFileSync(0, 'utf8').trim().split(/\r?\n/)
for (const line of lines) {
  const [truth, ...measures] = line.split(',')
  const x = [1, ...measures.map((value, i) => (Number(value) - means[i]) / deviations[i])]
  const scores = weights.map((w) => w.reduce((sum, value, i) => sum + value * x[i], 0))
  console.log(`${truth},${species[scores.indexOf(Math.max(...scores))]}`)
}
