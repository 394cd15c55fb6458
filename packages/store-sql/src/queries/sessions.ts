/** Sessions and their steps. */
import type { Build } from './builder.ts'
import { row } from './values.ts'

const rows = (build: Build) =>
  build
    .selectFrom('sessions')
    .select((eb) => [
      'sessions.id',
      'hash',
      'sessions.started_at',
      'current',
      eb
        .selectFrom('jobs')
        .select((jobs) => jobs.fn.countAll<number>().as('n'))
        .whereRef('jobs.session_id', '=', 'sessions.id')
        .as('jobs'),
    ])
    .orderBy('sessions.id', 'desc')

type Kind = 'run' | 'build'
export interface OfKind {
  readonly session: number
  readonly kind: Kind
}

const steps = (build: Build, { session, kind }: OfKind) =>
  build
    .selectFrom('steps')
    .select(['id', 'kind', 'number', 'name'])
    .where('session_id', '=', session)
    .where('kind', '=', kind)
    .orderBy('number', 'desc')
    .limit(1)

export const sessionQueries = {
  currentSession: (build: Build) => rows(build).where('current', '=', 1).limit(1),
  allSessions: (build: Build) => rows(build),
  endSessions: (build: Build) => build.updateTable('sessions').set({ current: 0 }).where('current', '=', 1),
  insertSession: (build: Build, given: { hash: string; started_at: number }) =>
    build.insertInto('sessions').values({ ...row(given, ['hash', 'started_at']), current: 1 }),

  newestStep: steps,
  stepByNumber: (build: Build, given: OfKind & { number: number }) =>
    steps(build, given).where('number', '=', given.number),
  stepByName: (build: Build, given: OfKind & { name: string }) => steps(build, given).where('name', '=', given.name),
  stepByCommand: (build: Build, given: OfKind & { command: string }) =>
    steps(build, given).where('command_key', '=', given.command),
  unnamedStep: (build: Build, given: OfKind & { command: string }) =>
    steps(build, given).where('command_key', '=', given.command).where('name', 'is', null),
  insertStep: (
    build: Build,
    given: { session_id: number; kind: Kind; number: number; name: string | null; command_key: string },
  ) => build.insertInto('steps').values(row(given, ['session_id', 'kind', 'number', 'name', 'command_key'])),
  nameStep: (build: Build, { id, name }: { id: number; name: string }) =>
    build.updateTable('steps').set({ name }).where('id', '=', id),
  deleteStep: (build: Build, { id }: { id: number }) => build.deleteFrom('steps').where('id', '=', id),
}
