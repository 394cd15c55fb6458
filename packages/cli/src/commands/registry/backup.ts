/** `roar registry backup FILE`: a consistent copy of SQLite's file, while a server runs. */
import { Command, Option } from 'clipanion'
import type { Report } from '../../output/report.ts'
import { RegistryCommand } from './registry-command.ts'

export class RegistryBackupCommand extends RegistryCommand {
  static override paths = [['registry', 'backup']]
  static override usage = Command.Usage({
    details:
      'Writes FILE, and FILE.key with the server key beside it: keep the two apart from each other. To restore, put them back as registry.db and server.key in an empty directory. A PostgreSQL registry is backed up by pg_dump.',
    examples: [['tonight', '$0 registry backup /backup/registry-$(date +%F).db']],
  })

  file = Option.String({ name: 'FILE' })

  async perform(report: Report): Promise<void> {
    const { backupRegistry } = await import('../../registry-server/administer.ts')
    const made = await backupRegistry(this.place, this.file, this.directory)
    report.answer({ schema: 'roar.registry-backup/1' as const, ...made }, (page) => {
      page.line(`database: ${made.database}`)
      page.line(`key:      ${made.key}`)
    })
  }
}
