/** Starts the command with the variables of its workspace, and remembers how it ended, whatever happens to the record. */
import type { ExitStatus, LaunchPort } from '@roar/core'

/** `variables`: of the workspace, below what a tracer sets. `exit()`: null where the command was never started. */
export function watchExit(
  launch: LaunchPort,
  variables: Readonly<Record<string, string>>,
  endMark: string,
): { readonly port: LaunchPort; exit(): Promise<ExitStatus> | null } {
  let exited: Promise<ExitStatus> | null = null
  const port: LaunchPort = {
    start: async (request) => {
      const child = await launch.start({ ...request, env: { ...variables, ...request.env }, endMark })
      exited = child.exited
      return child
    },
  }
  return { port, exit: () => exited }
}
