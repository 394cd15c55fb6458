/** Every setting: its name, type, default and meaning, in one table. The template, the checks and `roar config` read it. */

import { bytesOf, millisecondsOf } from './amounts.ts'

export interface Setting<T extends SettingValue> {
  readonly type: 'text' | 'flag' | 'list'
  readonly default: T
  readonly description: string
  /** Says what is wrong with a value, or null. */
  readonly check?: (value: string) => string | null
  /** Not to be said in a workspace. */
  readonly ofUser?: true
}
export type SettingValue = string | boolean | readonly string[]

const text = (fallback: string, description: string, check?: Setting<string>['check']): Setting<string> => ({
  type: 'text',
  default: fallback,
  description,
  ...(check && { check }),
})
const flag = (fallback: boolean, description: string): Setting<boolean> => ({
  type: 'flag',
  default: fallback,
  description,
})
const list = (
  fallback: readonly string[],
  description: string,
  check?: Setting<readonly string[]>['check'],
): Setting<readonly string[]> => ({ type: 'list', default: fallback, description, ...(check && { check }) })

const url = (value: string): string | null =>
  value === '' || /^https?:\/\/[^\s/]+/.test(value) ? null : 'not an http:// or https:// address'

const scope = (value: string): string | null =>
  /^(anonymous|private|public|[\w.-]+\/[\w.-]+)$/.test(value)
    ? null
    : 'neither anonymous, private, public nor owner/project'

const pushTags = (value: string): string | null => (/^(auto|never)$/.test(value) ? null : 'neither auto nor never')

const size = (value: string): string | null =>
  bytesOf(value) === null ? 'no number of bytes, as 512MiB or 4GiB' : null

const time = (value: string): string | null => (millisecondsOf(value) === null ? 'no time, as 500ms, 10s or 2m' : null)

const algorithm = (value: string): string | null =>
  /^[a-z0-9][a-z0-9-]*$/.test(value) ? null : 'not the name of an algorithm'

export const settings = {
  plugins: list([], 'Plugins of this workspace: package names, or paths that begin with a dot. Use: roar plugin add'),
  'hash.primary': text('blake3', 'The digest by which files are shown and compared.', algorithm),
  'hash.run': list([], 'Algorithms of roar run beside the primary one.', algorithm),
  'hash.get': list([], 'Algorithms of roar get beside the primary one.', algorithm),
  'hash.put': list([], 'Algorithms of roar put beside the primary one.', algorithm),
  'hash.untouched': text(
    '8GiB',
    'Members of a composite that a job did not touch are read for its identity if they have no more bytes together.',
    size,
  ),
  'get.least_rate': text(
    '100',
    'Bytes a second, over five minutes, below which roar get gives a server up; 0 waits however slow it is.',
    size,
  ),
  'hold.size': text(
    '4GiB',
    'Files up to this size are hashed before a program may overwrite what it has read; 0 keeps nobody waiting.',
    size,
  ),
  'hold.time': text('10s', 'How long a program waits for that at the most.', time),
  'tracer.default': text('auto', 'The tracer: auto takes the one that sees most at the least cost.'),
  'tracer.fallback': flag(true, 'Take another tracer when the chosen one cannot observe the command.'),
  'filter.ignore': list([], 'Files that are never recorded: gitignore patterns.'),
  'filter.track': list([], 'Files that are always recorded, even where they would be left out: gitignore patterns.'),
  'git.require_clean': flag(true, 'Refuse to run while files differ from the commit.'),
  'git.push_tags': text(
    'auto',
    'Tag the commits that roar register publishes, and push the tags to the remote first: auto or never.',
    pushTags,
  ),
  'registry.url': text('', 'The registry that lineage is published to.', url),
  'scope.mode': text(
    'anonymous',
    'Who may read what is published: anonymous, private, public or owner/project.',
    scope,
  ),
  'redact.names': list(
    [],
    'Variables whose values are never recorded, beside KEY, TOKEN, SECRET, PASSWORD and the like: * matches any text.',
  ),
  'redact.keep': list([], 'Variables that are recorded although they look like secrets: * matches any text.'),
  'workspace.trusted': {
    ...list([], 'Workspaces, by their directories, that others may write to and you use all the same: * for all.'),
    ofUser: true,
  },
  'env.record': list(
    [
      ...['PATH', 'LANG', 'LC_*', 'TZ', 'SHELL', 'SOURCE_DATE_EPOCH', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'],
      ...['PYTHON*', 'VIRTUAL_ENV', 'CONDA_DEFAULT_ENV', 'CONDA_PREFIX', 'NODE_ENV', 'NODE_OPTIONS', 'JAVA_HOME'],
      ...['R_HOME', 'R_LIBS*', 'JULIA_*', 'OMP_*', 'MKL_*', 'OPENBLAS_*', 'CUDA_*', 'CUBLAS_*', 'NVIDIA_*', 'ROCR_*'],
      ...['HIP_*', 'TF_*', 'XLA_*', 'JAX_*', 'TORCH_*', 'PYTORCH_*', 'NCCL_*', 'RANK', 'WORLD_SIZE', 'LOCAL_RANK'],
      ...['SLURM_JOB_ID', 'SLURM_ARRAY_*', 'SLURM_PROCID', 'SLURM_NTASKS', 'SLURM_CPUS_PER_TASK', 'MASTER_ADDR'],
      ...['MASTER_PORT', 'OMPI_COMM_WORLD_*', 'PMI_*', 'TORCHELASTIC_*', 'KMP_*', 'NUMEXPR_*', 'BLIS_*', 'VECLIB_*'],
      ...['RAYON_NUM_THREADS', 'POLARS_*', 'TOKENIZERS_PARALLELISM', 'TRANSFORMERS_*', 'HF_HOME', 'HF_HUB_OFFLINE'],
      ...['KERAS_*', 'ONEDNN_*', 'DNNL_*', 'TRITON_*', 'ROCM_*', 'HSA_*', 'MIOPEN_*', 'ZE_*', 'SYCL_*', 'MALLOC_*'],
      ...['CC', 'CXX', 'CFLAGS', 'CXXFLAGS', 'LDFLAGS', 'RUSTFLAGS', 'GOFLAGS', 'GOMAXPROCS', 'GOAMD64', 'MAKEFLAGS'],
      ...['LANGUAGE', 'PERL5LIB', 'RUBYLIB', 'GEM_*', 'LUA_PATH', 'R_PROFILE*', 'CLASSPATH', 'NODE_PATH'],
    ],
    'Environment variables that are recorded with a job: * matches any text.',
  ),
} as const

export type SettingKey = keyof typeof settings
export type SettingOf<K extends SettingKey> = (typeof settings)[K]['default']

export const settingKeys = Object.keys(settings) as readonly SettingKey[]
export const isSettingKey = (key: string): key is SettingKey => Object.hasOwn(settings, key)
export const settingOf = (key: SettingKey): Setting<SettingValue> => settings[key] as Setting<SettingValue>

/** Of git.require_clean: ROAR_GIT_REQUIRE_CLEAN. */
export const environmentName = (key: SettingKey): string => `ROAR_${key.replaceAll('.', '_').toUpperCase()}`
