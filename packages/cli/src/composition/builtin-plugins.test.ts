import { PluginHost } from '@roar/host'
import { expect, it } from 'vitest'
import { builtinPlugins } from './builtin-plugins.ts'

it('says of each plugin that comes with roar what its manifest says', async () => {
  const host = await PluginHost.create({ builtins: builtinPlugins.map(({ name }) => name), workspace: null })
  const said = host
    .list()
    .map(({ name, contributes }) => ({ name, kinds: [...new Set(contributes.map((one) => one.kind))] }))
  expect(said).toEqual(builtinPlugins)
})
