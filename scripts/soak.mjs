// `npm run test:soak [MINUTES]`: each tracer's cases 50 times, suites of real programs, then programs by chance, with seeds that nobody had, until the
// time is over.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { StepFailed } from './execute.mjs'
import { root } from './packages.mjs'
import { realSuites } from './real-suites.mjs'
import { note } from './say.mjs'
import { main, setup } from './setup.mjs'

const minutes = Number(process.argv[2] ?? 30)
const perRound = 5000

const having = (name) =>
  readdirSync(join(root, 'packages'))
    .map((one) => `packages/${one}/test/${name}`)
    .filter((path) => existsSync(join(root, path)))

function run(paths, env) {
  const words = ['--no-install', 'vitest', 'run', ...paths]
  const done = spawnSync('npx', words, { cwd: root, env: { ...process.env, ...env }, stdio: 'inherit' })
  if (done.status !== 0) throw new StepFailed(`${paths.join(' ')} failed with ${JSON.stringify(env)}`)
}

await main(async () => {
  await setup({})
  const end = Date.now() + minutes * 60_000
  run(having('conformance.test.ts'), { REPEAT: '50' })
  realSuites()
  let rounds = 0
  for (let seed = Date.now() % 2 ** 31; rounds === 0 || Date.now() < end; seed += perRound, rounds++) {
    note(`\nseeds from ${seed}; ${Math.max(0, Math.round((end - Date.now()) / 60_000))} minutes left`)
    run(having('random.test.ts'), { SEED: String(seed), PROGRAMS: String(perRound), AT_ONCE: '4' })
  }
  note(`\n${rounds * perRound} programs by chance for each tracer, all recorded truly`)
})
