/** `roar log`: the jobs, newest last. */
import { type JobQuery, logDocument } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { logView } from '../output/views/session.ts'
import { moment } from '../references/moment.ts'
import { wholeNumber } from '../references/number.ts'
import { RoarCommand } from './roar-command.ts'

export class LogCommand extends RoarCommand {
  static override paths = [['log']]
  static override usage = Command.Usage({
    details:
      'The jobs of the current session, newest last: how each ended, its step, uid, start, duration, number of inputs→outputs, and command.',
    examples: [
      ['what ran in the last day', '$0 log --since 1d'],
      ['every failed job of every session', '$0 log --all --failed'],
      ['for a program', '$0 log --grep train --json'],
    ],
  })

  all = Option.Boolean('--all', false, { description: 'the jobs of all sessions' })
  limit = Option.String('-n,--limit', {
    description: 'the newest N; 0 for all; default 50 for people, all with --json',
  })
  since = Option.String('--since', { description: 'started since: 2026-01-31, an ISO time, 90m, 12h, 3d' })
  grep = Option.String('--grep', { description: 'the command line or name contains this text' })
  dirty = Option.Boolean('--dirty', { description: 'run from a dirty work tree (--no-dirty: a clean one)' })
  failed = Option.Boolean('--failed', false, { description: 'ended with a failure' })
  builds = Option.Boolean('--builds', false, { description: 'build steps only' })

  async perform(report: Report, services: Services): Promise<void> {
    const store = await services.get('storeReader')
    const session = this.all ? null : await store.currentSession()
    if (!this.all && session === null) return report.answer(logDocument(null, [], 0), logView)
    const query = { ...this.query(), ...(session && { session: session.id }) }
    const limit = this.limit === undefined ? (report.json ? 0 : 50) : wholeNumber('-n', this.limit)
    const newest = await store.jobs(limit === 0 ? query : { ...query, limit })
    const total = limit === 0 || newest.length < limit ? newest.length : await store.countJobs(query)
    report.answer(logDocument(session, newest.toReversed(), total), logView)
  }

  query(): JobQuery {
    return {
      ...(this.since !== undefined && { since: moment(this.since) }),
      ...(this.grep !== undefined && { grep: this.grep }),
      ...(this.dirty !== undefined && { dirty: this.dirty }),
      ...(this.failed && { status: 'failed' as const }),
      ...(this.builds && { kind: 'build' as const }),
    }
  }
}
