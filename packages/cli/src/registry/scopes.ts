/** Where a workspace publishes, and who may read it. */
import { nearest, type RegistryProject, RoarError } from '@roar/core'
import { type Config, changeSettingsFile, type Workspace } from '@roar/host'
import type { Connection } from './connect-registry.ts'

export interface ScopeLine {
  readonly scope: string
  readonly readable_by: 'everybody' | 'you' | 'members'
  readonly attributed: boolean
  readonly available: boolean
  readonly active: boolean
}

/** What can be chosen; projects only for who is logged in. */
export async function listScopes(connection: Connection, loggedIn: boolean): Promise<readonly ScopeLine[]> {
  const active = connection.config.get('scope.mode')
  const projects = loggedIn ? ((await connection.registry.accounts?.projects()) ?? []) : []
  const line = (scope: string, readable_by: ScopeLine['readable_by'], available: boolean): ScopeLine => ({
    ...{ scope, readable_by, attributed: scope !== 'anonymous', available, active: scope === active },
  })
  return [
    line('anonymous', 'everybody', true),
    line('private', 'you', loggedIn),
    line('public', 'everybody', loggedIn),
    ...projects.map((one) => line(nameOf(one), one.visibility === 'public' ? 'everybody' : 'members', one.can_write)),
  ]
}

const nameOf = (project: RegistryProject): string => `${project.owner_name}/${project.name}`

/** A project that is not there would be noticed only when something is published. */
export async function requireScope(connection: Connection, scope: string): Promise<void> {
  if (!scope.includes('/')) return
  const names = ((await connection.registry.accounts?.projects()) ?? []).filter((one) => one.can_write).map(nameOf)
  if (names.includes(scope)) return
  const near = nearest(scope, names, 1)
  throw new RoarError('ROAR_SCOPE_UNKNOWN', `There is no project ${scope} that you may write to.`, {
    remedy: [
      ...near.map((name) => `roar scope use ${name}`),
      'roar scope list',
      `roar scope use ${scope} --create makes one of yours`,
    ],
  })
}

export async function useScope(workspace: Workspace, scope: string | null): Promise<void> {
  await changeSettingsFile(workspace.configFile, 'scope.mode', scope === null ? null : [scope])
}

/** A login is for publishing under one's own name: a workspace that still publishes without one becomes private. Says whether it did. */
export async function leaveAnonymity(config: Config, workspace: Workspace | null): Promise<boolean> {
  if (workspace === null || config.get('scope.mode') !== 'anonymous') return false
  const origin = config.origin('scope.mode')
  // What a variable or the user's own settings say is not ours to overrule.
  if (origin !== 'default' && origin !== workspace.configFile) return false
  await useScope(workspace, 'private')
  return true
}
