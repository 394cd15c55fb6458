// `npm run demo`: the pipeline of examples/pipeline in a repository of its own, under `roar run`; then where its model came from.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { has, StepFailed } from './execute.mjs'
import { root } from './packages.mjs'
import { note } from './say.mjs'
import { main, setup } from './setup.mjs'

const roar = join(root, 'packages/cli/bin/roar')

function demonstration(place) {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: join(place, 'gitconfig'), GIT_CONFIG_NOSYSTEM: '1' }
  const cwd = join(place, 'penguins')
  const run = (command, ...words) => {
    const done = spawnSync(command, words, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] })
    if (done.status !== 0)
      throw new StepFailed(`${[command, ...words].join(' ')} ended with ${done.status ?? done.signal}`)
  }
  const show = (...words) => {
    note(`\n$ roar ${words.join(' ')}`)
    run(roar, ...words)
  }
  return { cwd, run, show }
}

await main(async () => {
  await setup()
  if (!has('python3')) throw new StepFailed('python3 is not installed: the first step of the pipeline needs it')
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-demo-')))
  const { cwd, run, show } = demonstration(place)
  mkdirSync(cwd)
  cpSync(join(root, 'examples/pipeline'), cwd, { recursive: true })
  note(`\nA pipeline of three steps, in ${cwd}`)
  run('git', 'init', '--quiet')
  run('git', 'config', 'user.name', 'Demo')
  run('git', 'config', 'user.email', 'demo@localhost')
  show('init')
  // What the steps make is not committed: the record says how it was made.
  run('sh', '-c', "echo '/work/' >> .gitignore")
  run('git', 'add', '.')
  run('git', 'commit', '--quiet', '--message', 'Penguins: prepare, train, evaluate')
  show('run', 'python3', 'prepare.py')
  show('run', 'node', 'train.mjs', '--epochs=300')
  show('run', 'sh', 'evaluate.sh')
  show('show', 'work/model.json')
  show('dag')
  note(`
Now it is yours:
    cd ${cwd}
    alias roar=${roar}
    roar show @2                    the whole record of the training
    roar run @2 --epochs=500        train again, with another parameter
    roar status                     the evaluation is stale now
    roar run @3                     evaluate again
    roar lineage work/report.txt    everything that the report was made from`)
})
