/** Starts the command with the variables of its workspace, and remembers how it ended, whatever happens to the record. */
import type { ExitStatus, LaunchPort } from '@roar/core'

/** `variables`: of the workspace, below what a tracer sets. `exit()`: null while the command runs, and where it was never started. */
export function watchExit(
  launch: LaunchPort,
  variables: Readonly<Record<string, string>>,
  endMark: string,
): { readonly port: LaunchPort; exit(): ExitStatus | null } {
  let ended: ExitStatus | null = null
  const port: LaunchPort = {
    start: async (request) => {
      const child = await launch.start({ ...request, env: { ...variables, ...request.env }, endMark })
      const exited = child.exited.then((exit) => {
        ended = exit
        return exit
      })
      return { pid: child.pid, exited }
    },
  }
  return { port, exit: () => ended }
}
