/** Every error code and what it means. Made from docs/errors by packages/cli/scripts/check-error-docs.mjs: edit the pages. */
export const errorCatalogue: Readonly<Record<string, string>> = {
  ROAR_COMMAND_NOT_EXECUTABLE: 'The command is a file that may not be executed',
  ROAR_COMMAND_NOT_FOUND: 'The command does not exist',
  ROAR_COMMAND_UNKNOWN: 'There is no roar command of that name',
  ROAR_INTERNAL: 'A fault of roar itself',
  ROAR_JOB_RUNNING: 'The job is still running, so it cannot be dropped from the record',
  ROAR_OPTION_UNKNOWN: 'The command has no such option',
  ROAR_REF_AMBIGUOUS: 'A reference could mean several things',
  ROAR_REF_UNKNOWN: 'A reference names nothing that is recorded',
  ROAR_RUN_DIRECTORY: 'There is no place for the log of the run',
  ROAR_SESSION_EMPTY: 'The session has no job that could be dropped',
  ROAR_SESSION_NONE: 'The workspace has no session yet',
  ROAR_TRACER_NOT_READY: 'No back end can observe this command on this machine',
  ROAR_TRACER_UNKNOWN: 'The tracer that was asked for is not active here',
  ROAR_USAGE: 'The command line cannot be understood',
}
