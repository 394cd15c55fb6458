/** How the command is started: by the launcher that started us, or by Node where there is none. */
import type { Launch } from './launch.ts'
import { launcherLaunch } from './launcher-launch.ts'
import { spawnLaunch } from './spawn-launch.ts'

export type { InterruptListener, Launch } from './launch.ts'

let opened: Launch | null = null

/** The same for every caller. The first one takes the launcher's words to us out of the environment. */
export function openLaunch(env: NodeJS.ProcessEnv): Launch {
  if (opened) return opened
  const [fd] = numbersOf(env.ROAR_LAUNCHER_FD)
  const [output, errors] = numbersOf(env.ROAR_LAUNCHER_GIT)
  delete env.ROAR_LAUNCHER_FD
  delete env.ROAR_LAUNCHER_GIT
  const git = output !== undefined && errors !== undefined ? ([output, errors] as const) : null
  opened = fd === undefined ? spawnLaunch() : launcherLaunch(fd, git)
  return opened
}

/** Descriptors above the standard ones. */
const numbersOf = (words = ''): number[] =>
  words
    .split(' ')
    .map(Number)
    .filter((fd) => Number.isInteger(fd) && fd > 2)

/** What the launcher has asked of git about where we are; null where it has not, and for every question but the first. */
export function takeGitStatus(env: NodeJS.ProcessEnv): Launch['gitStatus'] {
  if (env.ROAR_LAUNCHER_GIT === undefined) return null
  return openLaunch(env).gitStatus
}

/** A launcher ends us as soon as the job is recorded. */
export const isLaunched = (): boolean => opened?.endsUs ?? false

/** The last thing that a process does which has recorded a job. */
export const endLaunch = (): void => opened?.end()
