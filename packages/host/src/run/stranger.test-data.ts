// A workspace with a plugin of a stranger's in it, and a run there with what was told of it.
import type { Progress } from '@roar/core'
import { createRoar } from '../create-roar.ts'
import { cleanEnv, newRepository } from '../git/repository.test-data.ts'
import type { InlinePlugin } from '../plugins/plugin.ts'
import { initWorkspace } from '../workspace/init-workspace.ts'

export async function roarWith(contributes: InlinePlugin['contributes']) {
  const repository = newRepository()
  repository.write('in.txt', 'hello')
  await initWorkspace(repository.root)
  repository.commit()
  return createRoar({
    plugins: ['@roar/store-sql', '@roar/tracer-preload', '@roar/hash-blake3', { name: 'stranger', contributes }],
    directory: repository.root,
  })
}

/** `script` is run by sh; the plugin's program is closed behind it. */
export async function recordedWith(
  contributes: InlinePlugin['contributes'],
  script: string,
  algorithms: readonly string[] = [],
) {
  const roar = await roarWith(contributes)
  const told: Progress[] = []
  const onProgress = (one: Progress) => void told.push(one)
  const { outcome, exit } = await roar.run({ argv: ['sh', '-c', script], env: cleanEnv, algorithms, onProgress })
  const [job] = await (await roar.store()).jobs()
  await roar.close()
  const warnings = told.flatMap((one) => (one.phase === 'warning' ? [one.message] : []))
  return { exit, status: job?.status, warnings, outputs: outcome.outputs }
}
