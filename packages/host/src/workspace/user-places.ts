/** Where the user's own settings, caches and run-time sockets lie: the XDG base directories, and macOS's own. */
import { homedir, tmpdir, userInfo } from 'node:os'
import { isAbsolute, join } from 'node:path'

export interface UserPlaces {
  readonly configFile: string
  /** Logins at registries; nobody else may read it. */
  readonly authFile: string
  readonly cache: string
  /** Digests of files by their identity; shared by all workspaces of the user. */
  readonly digestCache: string
  /** Files of packages that were found to be unchanged. */
  readonly packageVerdicts: string
  /** Digests of members of composites, a file for each. */
  readonly compositeCache: string
  readonly runtime: string
}

type Env = Readonly<Record<string, string | undefined>>

export function userPlaces(env: Env = process.env, platform: NodeJS.Platform = process.platform): UserPlaces {
  const home = homeOf(env)
  const onMac = platform === 'darwin'
  const config = absolute(env.XDG_CONFIG_HOME) ?? join(home, '.config')
  const cache = absolute(env.XDG_CACHE_HOME) ?? (onMac ? join(home, 'Library/Caches') : join(home, '.cache'))
  const runtime = absolute(env.XDG_RUNTIME_DIR)
  return {
    configFile: join(config, 'roar', 'config.toml'),
    authFile: join(config, 'roar', 'auth.json'),
    cache: join(cache, 'roar'),
    digestCache: join(cache, 'roar', 'digests.db'),
    packageVerdicts: join(cache, 'roar', 'packages.seen'),
    compositeCache: join(cache, 'roar', 'composites'),
    // Without a session manager there is no run-time directory: a private one of ours takes its place. Made when it is asked for: the user
    // database may be a server elsewhere (nsswitch.conf).
    get runtime() {
      return runtime ? join(runtime, 'roar') : join(tmpdir(), `roar-${userInfo().uid}`)
    },
  }
}

/** `HOME` may be set to nothing, which os.homedir then answers; only where there is none does that ask the user database. */
export const homeOf = (env: Env): string => absolute(env.HOME) ?? absolute(homedir()) ?? userInfo().homedir

/** The XDG specification: a relative path is invalid and is to be ignored. */
const absolute = (path: string | undefined): string | null => (path && isAbsolute(path) ? path : null)
