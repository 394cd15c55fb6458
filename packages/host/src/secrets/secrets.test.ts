// Two hundred secrets of more than thirty kinds are found wherever they stand; digests, paths and names of models are none.
import { createHash, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createRedaction } from '../environment/redaction.ts'
import { plants, privateKey, random } from './plants.test-data.ts'

const { text, name, words, value } = createRedaction({ names: [], keep: [] })
const bare = plants.filter(({ needsName }) => !needsName)

describe('secrets', () => {
  it('there are two hundred of them, of thirty kinds', () => {
    expect(new Set(plants.map(({ secret }) => secret)).size).toBeGreaterThanOrEqual(200)
    expect(new Set(plants.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(30)
  })

  const places: readonly (readonly [string, (secret: string) => string])[] = [
    ['alone', (secret) => secret],
    ['in an option', (secret) => `--whatever=${secret}`],
    ['in quotes', (secret) => `print("${secret}")`],
    ['in a header', (secret) => `Authorization: Bearer ${secret}`],
    ['in JSON', (secret) => `{"value":"${secret}","n":1}`],
    ['in a shell’s line', (secret) => `curl -H 'x: ${secret}' https://example.org/a && echo done`],
    ['in a query', (secret) => `https://example.org/x?a=1&value=${secret}&b=2`],
  ]
  it.each(places)('%s each is redacted', (_, put) => {
    const left = bare.filter(({ secret }) => text(put(secret)).includes(secret))
    expect(left.map(({ kind }) => kind)).toEqual([])
  })

  it('behind a dash in the name of a branch each that an issuer marks is redacted, and words are not', () => {
    const marked = bare.filter(({ kind, secret }) => kind !== null && /^[\w-]+$/.test(secret))
    const left = marked.filter(({ secret }) => name(`fix/login-${secret}`).includes(secret))
    expect(left.map(({ kind, secret }) => [kind, secret])).toEqual([])
    for (const plain of [
      'feature-sk-all-of-the-slovak-texts',
      'release-2026-11-29',
      'dependabot/npm_and_yarn/vite-7.1.2',
    ])
      expect(name(plain)).toBe(plain)
  })

  it('the marker says what it was', () => {
    const wrong = bare.filter(({ kind, secret }) => kind !== null && text(`x ${secret} y`) !== `x <redacted:${kind}> y`)
    expect(wrong.map(({ kind, secret }) => [kind, text(`x ${secret} y`)])).toEqual([])
  })

  it.each([
    ['a word after its option', (secret: string) => ['tool', '--password', secret]],
    ['a value of an option', (secret: string) => ['tool', `--api-key=${secret}`]],
    ['an environment for one command', (secret: string) => ['env', `DB_PASSWORD=${secret}`, 'tool']],
    ['a user of a client', (secret: string) => ['curl', '-u', `me:${secret}`, 'https://example.org']],
    ['an address', (secret: string) => ['psql', `postgres://me:${secret}@db.example.org/x`]],
    ['a field', (secret: string) => ['tool', '--json', `{"client_secret": "${secret}"}`]],
    ['a connection string', (secret: string) => ['tool', `Server=x;User Id=me;Password=${secret};Timeout=3`]],
  ])('%s is redacted whatever it looks like', (_, command) => {
    for (const { secret } of plants.filter(({ secret }) => !/[/+=]/.test(secret)))
      expect(words(command(secret)).join(' ')).not.toContain(secret)
  })

  it('a text that has been through is left as it is', () => {
    for (const put of [
      ...places.map(([, one]) => one),
      (secret: string) => `postgres://me:${secret}@h/x --password=${secret}`,
    ])
      for (const { secret } of plants) expect(text(text(put(secret)))).toBe(text(put(secret)))
  })

  it('a private key goes with all its lines', () => {
    const key = privateKey('a')
    expect(text(`echo '${key}' > key`)).toBe(`echo '<redacted:private-key>' > key`)
  })

  it('passwords of programs that have an option of their own for them', () => {
    expect(words(['mysql', '-u', 'me', '-phunter2', 'db'])).toEqual([
      'mysql',
      '-u',
      'me',
      '-p<redacted:password>',
      'db',
    ])
    expect(words(['sudo', 'sshpass', '-p', 'hunter2', 'ssh', 'h'])[3]).toBe('<redacted:password>')
    expect(words(['redis-cli', '-a', 'hunter2', 'get', 'x'])[2]).toBe('<redacted:password>')
  })

  it('what the user keeps in a secret variable is found where the shell has put it', () => {
    const own = createRedaction({ names: [], keep: [], env: { DEPLOY_PASSWORD: 'correct horse', HOME: '/home/me' } })
    expect(own.words(['deploy', 'correct horse', '/home/me'])).toEqual(['deploy', '<redacted:password>', '/home/me'])
  })

  it('what a name has told once is found again without it, in the same command and in those that it starts', () => {
    const own = createRedaction({ names: [], keep: [] })
    const said = own.words(['env', 'PGPASSWORD=quiet4harbor77x', 'timeout', '3', 'sh', '-c', "go 'quiet4harbor77x'"])
    expect(said.join(' ')).not.toContain('quiet4harbor77x')
    expect(own.words(['sh', '-c', "go 'quiet4harbor77x'"])).toEqual(['sh', '-c', "go '<redacted:password>'"])
    expect(own.text('with quiet4harbor77x')).toBe('with <redacted:password>')
    own.words(['env', 'POSTGRES_PASSWORD=postgres', 'ADMIN_PASSWORD=admin123', 'x'])
    expect(own.words(['psql', '-U', 'postgres', 'admin123'])).toEqual(['psql', '-U', 'postgres', 'admin123'])
  })

  it('redact.names adds names of options, redact.keep takes some away', () => {
    const own = createRedaction({ names: ['city'], keep: ['api-key'] })
    expect(own.words(['x', '--city', 'Ulm', '--api-key', 'k3y-of-none'])).toEqual([
      'x',
      '--city',
      '<redacted:secret>',
      '--api-key',
      'k3y-of-none',
    ])
  })
})

describe('what is no secret', () => {
  const digest = (algorithm: string, encoding: 'hex' | 'base64') => (seed: number) =>
    createHash(algorithm).update(String(seed)).digest(encoding)
  const forms: readonly (readonly [string, (seed: number) => string])[] = [
    ['git hashes', digest('sha1', 'hex')],
    ['sha256 digests', digest('sha256', 'hex')],
    ['image digests', (seed) => `repo/image@sha256:${digest('sha256', 'hex')(seed)}`],
    ['subresource integrity', (seed) => `sha512-${digest('sha512', 'base64')(seed)}`],
    ['go.sum lines', (seed) => `h1:${digest('sha256', 'base64')(seed)}`],
    ['uuids', () => randomUUID()],
    ['content identifiers', (seed) => `Qm${random(`cid${seed}`, 'base62', 44).replace(/[0OIl]/g, 'x')}`],
    ['wheel names', (seed) => `numpy-1.26.${seed}-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl`],
    ['store paths', (seed) => `/nix/store/${random(`nix${seed}`, 'lower', 32)}-glibc-2.38-44/lib/libc.so.6`],
    [
      'package paths',
      (seed) => `node_modules/.pnpm/@babel+core@7.${seed}.0_supports-color@5.5.0/node_modules/@babel/core`,
    ],
    ['temporary files', (seed) => `/tmp/tmp${random(`tmp${seed}`, 'lower', 8)}/part-${seed}.parquet`],
  ]
  it.each(forms)('%s stay', (_, make) => {
    for (let seed = 0; seed < 300; seed++) {
      const given = make(seed)
      expect(text(given)).toBe(given)
      expect(words(['tool', `--revision=${given}`, given])).toEqual(['tool', `--revision=${given}`, given])
    }
  })

  it.each([
    [
      'train.py',
      '--max-tokens',
      '512',
      '--max_new_tokens=128',
      '--eos-token',
      '</s>',
      '--pad_token_id=50256',
      '--tokens-per-batch',
      '8192',
    ],
    [
      'train.py',
      '--tokenizer',
      'bert-base-uncased',
      '--token-dropout=0.1',
      '--num-tokens=1000000',
      '--key-dim',
      '64',
      '--n_keys=12',
    ],
    [
      'sort.py',
      '--sort-key',
      'created_at',
      '--partition-key=customer_id',
      '--key=name',
      '--primary-key',
      'order_line_number',
    ],
    [
      'tool',
      '--private-key',
      '/home/me/.ssh/id_ed25519',
      '--password-file=pw.txt',
      '--key-file',
      'k.pem',
      '--token',
      '$TOKEN',
      '--auth',
      'none',
    ],
    ['python', '-c', 'import os; key = os.environ["KEY"]; print(len(token), signature)'],
    [
      'torchrun',
      '--model',
      'meta-llama/Llama-3.1-8B-Instruct-Q4_K_M-GGUF',
      '--run-name',
      'ResNet50-ImageNet2012-LR0.1-BS256-Epochs90',
    ],
    [
      'gcc',
      '-O2',
      '-DVERSION="1.2.3"',
      '-I/usr/include/x86_64-linux-gnu/qt5/QtCore',
      '-march=x86-64-v3',
      '-Wl,-rpath,$ORIGIN/../lib',
    ],
    ['docker', 'run', '-u', '1000:1000', '-p', '8080:80', '-v', '/data:/data:ro', 'ghcr.io/owner/image:v1.2.3'],
    ['git', 'clone', 'git@example.org:Owner/Repository.git', '--branch', 'feature/ABC-1234-New-Thing'],
    ['git', 'clone', 'ssh://git@example.org:2222/Owner/Repository.git'],
    [
      'java',
      '-Xmx4g',
      '-XX:+UseG1GC',
      '-cp',
      'build/classes/java/main:lib/commons-lang3-3.12.0.jar',
      'org.example.MyMainClassWithAVeryLongName2',
    ],
    ['s3', 'cp', 's3://my-bucket-2024/Experiment-07/Run3/checkpoints/step=00012000-v2.ckpt', '--region', 'eu-west-1'],
    [
      'x',
      '--seed',
      '1234567890123456789',
      '--date=2024-01-02T03:04:05.678Z',
      '--params',
      '{"lr":0.001,"hidden":[512,512],"name":"AdamW"}',
    ],
  ])('%s …', (...command) => expect(words(command)).toEqual(command))

  it('a variable that is kept by its name is kept where it stands', () => {
    expect(value('TOKENIZERS_PARALLELISM', 'false')).toBe('false')
  })
})

describe('a shell’s line', () => {
  const line = (script: string): string => words(['sh', '-c', script])[2] as string
  it.each([
    ['curl -s -u bob:hunter2x http://h/', 'curl -s -u bob:<redacted:password> http://h/'],
    ['cd x && curl -ubob:hunter2x http://h/', 'cd x && curl -ubob:<redacted:password> http://h/'],
    ['curl --user "bob:hunter two" http://h/', 'curl --user "bob:<redacted:password>" http://h/'],
    ["a; mysql -uroot -p'hunter2x' db < x.sql", 'a; mysql -uroot -p<redacted:password> db < x.sql'],
    ['x=$(sshpass -p hunter2x ssh h)', 'x=$(sshpass -p <redacted:password> ssh h)'],
    ['true | sudo redis-cli -a hunter2x get x', 'true | sudo redis-cli -a <redacted:password> get x'],
    [
      'docker login -u me -p hunter2x r.example\nls -p x',
      'docker login -u me -p <redacted:password> r.example\nls -p x',
    ],
  ])('%s', (script, clean) => {
    expect(line(script)).toBe(clean)
    expect(line(clean)).toBe(clean)
  })

  it.each(['python3 train.py -p 8 -u a:b', 'mkdir -p out; tar -a -cf x.tar "a b"', 'curl -s http://h/; tool -u a:b'])(
    'options that mean something else are left: %s',
    (script) => {
      expect(line(script)).toBe(script)
    },
  )

  it('options of a client with the user behind them', () => {
    expect(words(['curl', '-ubob:hunter2x', 'http://h'])[1]).toBe('-ubob:<redacted:password>')
    expect(words(['curl', '--user=bob:hunter2x', 'http://h'])[1]).toBe('--user=bob:<redacted:password>')
  })
})
