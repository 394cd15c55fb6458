/** What the registry's commands share: where the registry is kept. */
import { Option } from 'clipanion'
import { type RegistryPlace, registryPlace } from '../../registry-server/place.ts'
import { RoarCommand } from '../roar-command.ts'

export abstract class RegistryCommand extends RoarCommand {
  data = Option.String('--data', { description: 'the directory of its files; default ~/.local/share/roar/registry' })
  database = Option.String('--database', { description: 'postgresql://…; default SQLite in the directory' })

  get place(): RegistryPlace {
    return registryPlace(this, process.env)
  }
}
