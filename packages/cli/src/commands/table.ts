/** Every command by its path: what the overview says of it, and where it is loaded from when it is used. */
import type { CommandTable } from './entry.ts'

export const commandTable: CommandTable = {
  init: {
    group: 'start',
    summary: 'make this directory a workspace',
    load: async () => (await import('./init.ts')).InitCommand,
  },
  run: {
    group: 'start',
    summary: 'run a command and record what it read and wrote',
    startsCommand: true,
    load: async () => (await import('./run.ts')).RunCommand,
  },
  build: {
    group: 'start',
    summary: 'the same for set-up work: compiling, installing',
    startsCommand: true,
    load: async () => (await import('./build.ts')).BuildCommand,
  },
  status: {
    group: 'look',
    summary: 'the session: steps, outputs, what is stale',
    load: async () => (await import('./status.ts')).StatusCommand,
  },
  log: {
    group: 'look',
    summary: 'list the jobs, newest last',
    load: async () => (await import('./log.ts')).LogCommand,
  },
  show: {
    group: 'look',
    summary: 'show a session, job, artifact or path',
    load: async () => (await import('./show.ts')).ShowCommand,
  },
  dag: {
    group: 'look',
    summary: 'draw the graph of jobs and files',
    load: async () => (await import('./dag.ts')).DagCommand,
  },
  lineage: {
    group: 'look',
    summary: 'everything that something was made from',
    load: async () => (await import('./lineage.ts')).LineageCommand,
  },
  inputs: {
    group: 'look',
    summary: 'the files at the roots of a lineage',
    load: async () => (await import('./inputs.ts')).InputsCommand,
  },
  impact: {
    group: 'look',
    summary: 'everything that was made from something',
    load: async () => (await import('./impact.ts')).ImpactCommand,
  },
  diff: {
    group: 'look',
    summary: 'where two results first went apart, and why',
    load: async () => (await import('./diff.ts')).DiffCommand,
  },
  ui: {
    group: 'look',
    summary: 'look at all of it in a browser',
    load: async () => (await import('./ui.ts')).UiCommand,
  },
  find: {
    group: 'look',
    summary: 'look an artifact up by any digest',
    load: async () => (await import('./find.ts')).FindCommand,
  },
  get: {
    group: 'files',
    summary: 'fetch data from a URL, and record where it came from',
    load: async () => (await import('./get.ts')).GetCommand,
  },
  put: {
    group: 'files',
    summary: 'publish files to an object store, and record where they lie',
    load: async () => (await import('./put.ts')).PutCommand,
  },
  hash: {
    group: 'files',
    summary: 'digests of files, as the recorder computes them',
    load: async () => (await import('./hash.ts')).HashCommand,
  },
  verify: {
    group: 'files',
    summary: 'are the bytes still what was recorded?',
    load: async () => (await import('./verify.ts')).VerifyCommand,
  },
  register: {
    group: 'share',
    summary: 'publish a lineage to a registry',
    load: async () => (await import('./register.ts')).RegisterCommand,
  },
  login: {
    group: 'share',
    summary: 'log in at a registry',
    load: async () => (await import('./login.ts')).LoginCommand,
  },
  logout: {
    group: 'share',
    summary: 'forget the login',
    load: async () => (await import('./logout.ts')).LogoutCommand,
  },
  whoami: {
    group: 'share',
    summary: 'who the registry takes you for',
    load: async () => (await import('./whoami.ts')).WhoAmICommand,
  },
  scope: {
    group: 'share',
    summary: 'where this workspace publishes: status, list, use, clear',
    load: async () => (await import('./scope/status.ts')).ScopeStatusCommand,
  },
  'scope status': {
    group: 'share',
    summary: 'where this workspace publishes',
    load: async () => (await import('./scope/status.ts')).ScopeStatusCommand,
  },
  'scope list': {
    group: 'share',
    summary: 'the scopes that can be chosen',
    load: async () => (await import('./scope/list.ts')).ScopeListCommand,
  },
  'scope use': {
    group: 'share',
    summary: 'choose where this workspace publishes',
    load: async () => (await import('./scope/use.ts')).ScopeUseCommand,
  },
  'scope clear': {
    group: 'share',
    summary: 'go back to the default scope',
    load: async () => (await import('./scope/clear.ts')).ScopeClearCommand,
  },
  token: {
    group: 'share',
    summary: 'API tokens: list, create, revoke',
    load: async () => (await import('./token/list.ts')).TokenListCommand,
  },
  'token list': {
    group: 'share',
    summary: 'the API tokens of the account',
    load: async () => (await import('./token/list.ts')).TokenListCommand,
  },
  'token create': {
    group: 'share',
    summary: 'make an API token for a build server',
    load: async () => (await import('./token/create.ts')).TokenCreateCommand,
  },
  'token revoke': {
    group: 'share',
    summary: 'take an API token back',
    load: async () => (await import('./token/revoke.ts')).TokenRevokeCommand,
  },
  export: {
    group: 'share',
    summary: 'lineage in a standard form',
    load: async () => (await import('./export.ts')).ExportCommand,
  },
  reproduce: {
    group: 'share',
    summary: 'make a result again, and compare',
    load: async () => (await import('./reproduce.ts')).ReproduceCommand,
  },
  key: {
    group: 'share',
    summary: 'SSH keys at the registry: list, add, rm',
    load: async () => (await import('./key/list.ts')).KeyListCommand,
  },
  'key list': {
    group: 'share',
    summary: 'the SSH keys that the registry knows',
    load: async () => (await import('./key/list.ts')).KeyListCommand,
  },
  'key add': {
    group: 'share',
    summary: 'tell the registry an SSH key',
    load: async () => (await import('./key/add.ts')).KeyAddCommand,
  },
  'key rm': {
    group: 'share',
    summary: 'have an SSH key forgotten',
    load: async () => (await import('./key/remove.ts')).KeyRemoveCommand,
  },
  label: {
    group: 'order',
    summary: 'notes on sessions, jobs and artifacts: show, set, unset, cp, history',
    load: async () => (await import('./label/show.ts')).LabelShowCommand,
  },
  'label show': {
    group: 'order',
    summary: 'the notes on something',
    load: async () => (await import('./label/show.ts')).LabelShowCommand,
  },
  'label set': {
    group: 'order',
    summary: 'write notes',
    load: async () => (await import('./label/set.ts')).LabelSetCommand,
  },
  'label unset': {
    group: 'order',
    summary: 'take notes away',
    load: async () => (await import('./label/unset.ts')).LabelUnsetCommand,
  },
  'label cp': {
    group: 'order',
    summary: 'write the notes of one thing on another',
    load: async () => (await import('./label/copy.ts')).LabelCopyCommand,
  },
  'label history': {
    group: 'order',
    summary: 'every change to notes',
    load: async () => (await import('./label/history.ts')).LabelHistoryCommand,
  },
  tag: {
    group: 'order',
    summary: 'marks that are inherited: show, add, rm, history',
    load: async () => (await import('./tag/show.ts')).TagShowCommand,
  },
  'tag show': {
    group: 'order',
    summary: 'the marks that hold, and where each comes from',
    load: async () => (await import('./tag/show.ts')).TagShowCommand,
  },
  'tag add': {
    group: 'order',
    summary: 'put marks',
    load: async () => (await import('./tag/add.ts')).TagAddCommand,
  },
  'tag rm': {
    group: 'order',
    summary: 'take marks away',
    load: async () => (await import('./tag/remove.ts')).TagRemoveCommand,
  },
  'tag history': {
    group: 'order',
    summary: 'every change to marks',
    load: async () => (await import('./label/history.ts')).TagHistoryCommand,
  },
  pop: {
    group: 'order',
    summary: 'drop the newest job from the record',
    load: async () => (await import('./pop.ts')).PopCommand,
  },
  reset: {
    group: 'order',
    summary: 'begin a new session',
    load: async () => (await import('./reset.ts')).ResetCommand,
  },
  config: {
    group: 'set up',
    summary: 'settings: list, get, set, unset',
    load: async () => (await import('./config/list.ts')).ConfigListCommand,
  },
  'config list': {
    group: 'set up',
    summary: 'all settings, and where each came from',
    load: async () => (await import('./config/list.ts')).ConfigListCommand,
  },
  'config get': {
    group: 'set up',
    summary: 'the value of one setting',
    load: async () => (await import('./config/get.ts')).ConfigGetCommand,
  },
  'config set': {
    group: 'set up',
    summary: 'change a setting',
    load: async () => (await import('./config/set.ts')).ConfigSetCommand,
  },
  'config unset': {
    group: 'set up',
    summary: 'go back to the default',
    load: async () => (await import('./config/unset.ts')).ConfigUnsetCommand,
  },
  env: {
    group: 'set up',
    summary: 'variables for every run and build: list, get, set, unset',
    load: async () => (await import('./env/list.ts')).EnvListCommand,
  },
  'env list': {
    group: 'set up',
    summary: 'the variables that runs and builds get',
    load: async () => (await import('./env/list.ts')).EnvListCommand,
  },
  'env get': {
    group: 'set up',
    summary: 'the value of one of them',
    load: async () => (await import('./env/get.ts')).EnvGetCommand,
  },
  'env set': {
    group: 'set up',
    summary: 'set variables',
    load: async () => (await import('./env/set.ts')).EnvSetCommand,
  },
  'env unset': {
    group: 'set up',
    summary: 'take variables away',
    load: async () => (await import('./env/unset.ts')).EnvUnsetCommand,
  },
  tracer: {
    group: 'set up',
    summary: 'the tracers, and what each can see',
    load: async () => (await import('./tracer.ts')).TracerCommand,
  },
  'tracer list': {
    group: 'set up',
    summary: 'the tracers, and what each can see',
    load: async () => (await import('./tracer.ts')).TracerCommand,
  },
  'tracer check': {
    group: 'set up',
    summary: 'could this command be observed?',
    load: async () => (await import('./tracer/check.ts')).TracerCheckCommand,
  },
  'tracer enable': {
    group: 'set up',
    summary: 'give a tracer the rights that it needs here',
    load: async () => (await import('./tracer/enable.ts')).TracerEnableCommand,
  },
  'tracer disable': {
    group: 'set up',
    summary: 'take them back',
    load: async () => (await import('./tracer/disable.ts')).TracerDisableCommand,
  },
  plugin: {
    group: 'set up',
    summary: 'plugins: list, info, check, add, remove',
    load: async () => (await import('./plugin/list.ts')).PluginListCommand,
  },
  'plugin list': {
    group: 'set up',
    summary: 'the active plugins',
    load: async () => (await import('./plugin/list.ts')).PluginListCommand,
  },
  'plugin info': {
    group: 'set up',
    summary: 'one plugin',
    load: async () => (await import('./plugin/info.ts')).PluginInfoCommand,
  },
  'plugin check': {
    group: 'set up',
    summary: 'load every plugin and hold it against its contract',
    load: async () => (await import('./plugin/check.ts')).PluginCheckCommand,
  },
  'plugin add': {
    group: 'set up',
    summary: 'activate an installed plugin',
    load: async () => (await import('./plugin/add.ts')).PluginAddCommand,
  },
  'plugin remove': {
    group: 'set up',
    summary: 'deactivate a plugin',
    load: async () => (await import('./plugin/remove.ts')).PluginRemoveCommand,
  },
  doctor: {
    group: 'set up',
    summary: 'what works here and what does not',
    load: async () => (await import('./doctor.ts')).DoctorCommand,
  },
  completion: {
    group: 'set up',
    summary: 'print completions for bash, zsh or fish',
    load: async () => (await import('./completion.ts')).completionCommand(commandTable),
  },
  registry: {
    group: 'serve',
    summary: 'run a registry: serve, account, token, backup',
    load: async () => (await import('./registry.ts')).RegistryOverviewCommand,
  },
  'registry serve': {
    group: 'serve',
    summary: 'serve a registry that others can publish to',
    load: async () => (await import('./registry/serve.ts')).RegistryServeCommand,
  },
  'registry account': {
    group: 'serve',
    summary: 'add, list or disable accounts of a registry',
    load: async () => (await import('./registry/account.ts')).RegistryAccountCommand,
  },
  'registry token': {
    group: 'serve',
    summary: 'make a token for an account of a registry',
    load: async () => (await import('./registry/token.ts')).RegistryTokenCommand,
  },
  'registry backup': {
    group: 'serve',
    summary: 'copy a registry while it runs',
    load: async () => (await import('./registry/backup.ts')).RegistryBackupCommand,
  },
}
