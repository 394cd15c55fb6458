// What is recorded of an environment, and that secrets are not.
import { hostname } from 'node:os'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../config/load-config.ts'
import { createEnvironmentPort } from './environment-port.ts'
import { anyPattern, createRedaction } from './redaction.ts'

const describeWith = async (env: Record<string, string>, options = {}) =>
  createEnvironmentPort(await loadConfig({ workspace: null, env: { HOME: '/nonexistent' }, options })).describe(env)

it('the machine is named, and of the variables only those that matter', async () => {
  const env = { PATH: '/bin', LC_ALL: 'C', PYTHONHASHSEED: '0', EDITOR: 'vi', HOME: '/home/a' }
  const record = await describeWith(env)
  expect(record.variables).toEqual({ LC_ALL: 'C', PATH: '/bin', PYTHONHASHSEED: '0' })
  expect(record).toMatchObject({ hostname: hostname(), runtime: `Node.js ${process.versions.node}` })
  expect(record.os).toMatch(/(Linux|Darwin) \d/)
  expect(record.hardware).toMatch(/CPUs.* GiB/)
})

it('env.record chooses the variables, and a secret among them stands without its value', async () => {
  const env = { MY_A: '1', MY_API_KEY: 'abc', OTHER: '2' }
  expect((await describeWith(env, { 'env.record': ['MY_*'] })).variables).toEqual({
    MY_A: '1',
    MY_API_KEY: '<redacted:key>',
  })
})

it('redact.names adds names and redact.keep takes some away', async () => {
  const env = { CITY: 'x', PRIMARY_KEY: 'id' }
  const options = { 'env.record': ['*'], 'redact.names': ['CIT*'], 'redact.keep': ['PRIMARY_KEY'] }
  expect((await describeWith(env, options)).variables).toEqual({ CITY: '<redacted:secret>', PRIMARY_KEY: 'id' })
})

it.each([
  ['SLURM_*', 'SLURM_', true],
  ['SLURM_*', 'MY_SLURM_ID', false],
  ['*_proxy', 'http_proxy', true],
  ['*_proxy', 'http_proxy_user', false],
  ['A*B*C', 'A.B.B.C', true],
  ['A*B*C', 'AC', false],
  ['A*A', 'A', false],
  ['A*BB*B', 'ABB', false],
  ['A*', 'A\nB', true],
  ['A.', 'AB', false],
  ['*', '', true],
])('the pattern %s and the name %j: %s', (pattern, name, expected) =>
  expect(anyPattern([pattern])(name)).toBe(expected),
)

describe('names of secrets', () => {
  const { value } = createRedaction({ names: [], keep: [] })

  it.each(
    'AWS_SECRET_ACCESS_KEY GITHUB_TOKEN DB_PASSWORD PGPASSWORD MYSQL_PWD api_key apiKey SSHKEY GOOGLE_APPLICATION_CREDENTIALS githubToken SENTRY_DSN HTTP_AUTH GPG_PASSPHRASE AZURE_SAS KEY_2 GH_PAT'.split(
      ' ',
    ),
  )('%s is one', (name) => expect(value(name, 'plain')).toMatch(/^<redacted:(key|token|password|secret)>$/))

  it.each('PWD OLDPWD PATH TOKENIZERS_PARALLELISM KEYBOARD AUTHOR PYTHONPATH PASSIVE'.split(' '))(
    '%s is none',
    (name) => expect(value(name, 'plain')).toBe('plain'),
  )
})

describe('values that are secrets', () => {
  const { text } = createRedaction({ names: [], keep: [] })

  // Put together here, so that scanners of this repository do not take them for real ones.
  it.each([
    ['an address with a password', 'https://me:hunter2@host/simple', 'https://me:<redacted:password>@host/simple'],
    ['an address with a token', `https://${'t'.repeat(24)}@host/x`, 'https://<redacted:token>@host/x'],
    ['a GitHub token', `x ${'ghp_'}${'a1B2'.repeat(9)} y`, 'x <redacted:github-token> y'],
    ['an AWS key id', `${'AKIA'}IOSFODNN7EXAMPLE`, '<redacted:aws-access-key>'],
    ['an AWS secret', `${'wJalrXUtnFEMI/K7MDENG'}/bPxRfiCYEXAMPLEKEY`, '<redacted:high-entropy>'],
    ['a web token', `${'eyJ'}hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.sflKxwRJSMeK`, '<redacted:json-web-token>'],
    [
      'a private key',
      `-----BEGIN ${'RSA'} PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----`,
      '<redacted:private-key>',
    ],
    ['a header', 'Authorization: Bearer abcdefgh12345', 'Authorization: Bearer <redacted:token>'],
    ['a query', 'https://h/x?a=1&api_key=s3cret&b=2', 'https://h/x?a=1&api_key=<redacted:key>&b=2'],
    [
      'a signed address',
      'https://h/x?X-Amz-Signature=0a1b&sig=zz',
      'https://h/x?X-Amz-Signature=<redacted:secret>&sig=<redacted:secret>',
    ],
    ['an option', '--db-password=hunter2', '--db-password=<redacted:password>'],
  ])('%s', (_, given, expected) => expect(text(given)).toBe(expected))

  it.each([
    '/usr/local/bin:/usr/bin:/opt/Conda3/envs/My-Env_2024/bin',
    '0123456789abcdef0123456789abcdef01234567',
    '550e8400-e29b-41d4-a716-446655440000',
    'https://example.org:8443/simple/?page=2',
    'git@example.org:owner/repository.git',
    '-Xmx4g -XX:+UseG1GC -Dfile.encoding=UTF-8',
    'max_split_size_mb:128,expandable_segments:True',
    'en_US.UTF-8',
    'GPU-8932f937-d72c-4106-c12f-20bd9faed9f6,MIG-GPU-1a2b3c4d-0e5f-6789-abcd-ef0123456789/1/0',
    '/nix/store/0c3lpkhjaq8vvx2nm0ry3ylzq1a8rhgs-glibc-2.38-44/lib -I/nix/store/Xb2/include',
    'garbage_collection_threshold:0.8,max_split_size_mb:512',
    '/home/User1/A-Very-Long-Project-Name-With-Digits-2024/Data',
  ])('%s stays as it is', (value) => expect(text(value)).toBe(value))
})

// A search that starts anew at each character would not end within the time that tests have.
it.each(['a', 'ey', 'http', 'key', '-', 'a=', '://', 'sk-', 'Bearer ', '-----BEGIN '])(
  'a megabyte of %j is looked through once',
  (unit) => {
    const { text } = createRedaction({ names: [], keep: [] })
    expect(text(unit.repeat(1_000_000 / unit.length)).length).toBeGreaterThan(0)
  },
)
