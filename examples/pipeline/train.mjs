// Fits a softmax regression that tells a penguin's species by four measures. Gradient descent, no packages.
import { readFileSync, writeFileSync } from 'node:fs'

const epochs = Number(process.argv.find((word) => word.startsWith('--epochs='))?.slice(9) ?? 300)
const rate = 0.3

const [header, ...lines] = readFileSync('work/train.csv', 'utf8').trim().split(/\r?\n/)
const measures = header.split(',').slice(1)
const birds = lines.map((line) => line.split(',')).map(([species, ...x]) => ({ species, x: x.map(Number) }))
const species = [...new Set(birds.map((bird) => bird.species))].sort()

const column = (i) => birds.map((bird) => bird.x[i])
const means = measures.map((_, i) => column(i).reduce((a, b) => a + b) / birds.length)
const deviations = measures.map((_, i) =>
  Math.sqrt(column(i).reduce((sum, x) => sum + (x - means[i]) ** 2, 0) / birds.length),
)
const scaled = birds.map(({ x }) => [1, ...x.map((value, i) => (value - means[i]) / deviations[i])])

const weights = species.map(() => new Array(measures.length + 1).fill(0))
const probabilities = (x) => {
  const scores = weights.map((w) => Math.exp(w.reduce((sum, value, i) => sum + value * x[i], 0)))
  const total = scores.reduce((a, b) => a + b)
  return scores.map((score) => score / total)
}

function step() {
  const gradient = weights.map((w) => w.map(() => 0))
  for (const [n, x] of scaled.entries())
    for (const [k, p] of probabilities(x).entries()) {
      const error = p - Number(species[k] === birds[n].species)
      for (const [i, value] of x.entries()) gradient[k][i] += error * value
    }
  for (const [k, w] of weights.entries()) for (const i of w.keys()) w[i] -= (rate * gradient[k][i]) / birds.length
}

for (let epoch = 0; epoch < epochs; epoch++) step()

writeFileSync('work/model.json', `${JSON.stringify({ species, measures, means, deviations, weights })}\n`)
console.log(`trained on ${birds.length} birds for ${epochs} epochs`)
