// Secrets that no issuer marks, in the forms in which programs, scripts and settings are told them; and what looks like one and is none.
import { describe, expect, it } from 'vitest'
import { createRedaction } from '../environment/redaction.ts'

const { text, words } = createRedaction({ names: [], keep: [] })
const secret = 'quiet4harbor'
const b64 = 'Yx3kQ9vTz7LmB2nRw8PcD4sHf6JgK1aUe5XoVi0'
const random = (length: number): string =>
  Array.from({ length }, (_, i) => 'abcdef0123456789'[(i * 7 + length) % 16]).join('')

describe('a secret is found', () => {
  it.each([
    ['within an option’s value', ['docker', 'run', `--env=DB_PASS=${secret}`, 'image']],
    ['within a call', ['python3', '-c', `c = dict(user='me', password='${secret}')`]],
    ['within the address of a variable', ['env', `URL=https://h/?token=${secret}`, 'x']],
    ['as an item of the environment', ['python3', '-c', `os.environ["DB_PASSWORD"] = "${secret}"`]],
    ['as an argument behind its name', ['python3', '-c', `os.putenv("DB_PASSWORD", "${secret}")`]],
    ['in a list of words', ['python3', '-c', `run(["tool", "--password", "${secret}"])`]],
    ['in a comparison', ['python3', '-c', `if password == "${secret}": pass`]],
    ['in a template', ['node', '-e', `process.env.DB_PASSWORD = \`${secret}\``]],
    ['in a list of JSON', ['x', `{"password": ["${secret}"]}`]],
    ['behind the shortest name', ['kubectl', `--from-literal=pw=${secret}33`]],
    ['in JSON within JSON', ['x', `{\\"password\\": \\"${secret}\\"}`]],
    ['on a line of YAML', ['x', '--config', `user: me\npassword: ${secret}\nport: 1`]],
    ['in a netrc', ['sh', '-c', `printf 'machine h login me password ${secret}' > .netrc`]],
    ['in any header of a key', ['curl', '-H', `Ocp-Apim-Subscription-Key: ${secret}`, 'http://h']],
    ['behind a colon', ['x', `/password:${secret}`]],
    ['in an option of a shell’s line', ['sh', '-c', `cd a && tool --password "${secret}" | tee log`]],
    ['in a shell’s variable', ['fish', '-c', `set -x API_TOKEN ${secret}; tool`]],
    ['as it is said to sudo', ['bash', '-c', `echo ${secret} | sudo -S id`]],
    ['as it is said to docker', ['bash', '-c', `echo "${secret}" | docker login -u me --password-stdin h`]],
    ['in settings that a program writes', ['npm', 'config', 'set', '//registry.example/:_authToken', secret]],
    ['as OpenSSL’s', ['openssl', 'enc', '-d', '-pass', `pass:${secret}`]],
    ['as OpenSSL’s old one', ['openssl', 'enc', '-d', '-k', secret]],
    ['as a key store’s', ['keytool', '-storepass', secret, '-list']],
    ['as a new key’s', ['ssh-keygen', '-N', secret, '-f', 'k']],
    ['as Oracle’s', ['sqlplus', `scott/${secret}@orcl`]],
    ['in Oracle’s address', ['x', `jdbc:oracle:thin:scott/${secret}@//h:1521/x`]],
    ['as lftp’s', ['lftp', '-u', `me,${secret}`, 'ftp://h']],
    ['that begins as a variable does', ['x', '--password', `$${secret}!x`]],
    ['behind a name with a dot in it', ['spark-submit', '--conf', `spark.hadoop.fs.s3a.secret.key=${secret}12`]],
    ['as Rails’ own', ['ruby', '-e', `ENV['SECRET_KEY_BASE']='${secret}12'`]],
    ['as SQLCipher’s', ['sqlite3', 'x.db', `PRAGMA key='${secret}12'`]],
    ['in the second of two cookies', ['curl', '-H', `Cookie: a=1; sid=${secret}; b=2`, 'http://h']],
    ['in the second of two in a shell’s line', ['sh', '-c', `curl -H "Cookie: a=1; sid=${secret}" http://h/`]],
    ['in a cookie', ['curl', '-b', `session=${secret}`, 'http://h']],
  ])('%s', (_, command) => {
    expect(words(command).join(' ')).not.toContain(secret)
    expect(words(words(command))).toEqual(words(command))
  })

  it.each([
    ['a secret key with a slash before it', ['x', `--secret-key=/${b64}`], b64],
    [
      'a key of WireGuard with a slash before it',
      ['wg', 'set', 'wg0', 'private-key', `/${b64}${b64.slice(3, 6)}=`],
      b64,
    ],
    ['a signature with an escape before it', ['x', `https://h/c?sv=2024&sig=%2F%2F${b64}%3D&se=2026`], b64],
    ['wandb', ['wandb', 'login', random(40)], random(40)],
    ['Telegram', ['curl', `https://api.telegram.org/bot1234567890:A${random(34)}/getMe`], random(34)],
    [
      'Teams',
      ['curl', `https://x.webhook.office.com/webhookb2/a@b-${random(20)}/IncomingWebhook/${random(32)}/c`],
      random(32),
    ],
  ])('%s', (_, command, given) => expect(words(command).join(' ')).not.toContain(given))
})

describe('no secret is', () => {
  it.each([
    [['ffmpeg', '-pass', '1', '-i', 'x.mp4', '--pw=2']],
    [['train.py', '--tokenizer_name=meta-llama/Meta-Llama-3.1-70B-Instruct']],
    [['train.py', '--monkey=george1234567', '--author=jane1234567x', '--keyboard', 'us-intl2']],
    [['train.py', '--signature', 'def f(x)']],
    [['x', 'out/aGVsbG8gd29ybGQgZmlsZSBuYW1l.parquet']],
    [['ssh-keygen', '-N', '', '-f', 'k']],
    [['sh', '-c', 'for i in a b; do sort --key 2 $i | head -n 3; done; tar -a -cf x.tar y']],
    [['sh', '-c', 'echo $PASSWORD | sudo -S id; mytool --token "$TOKEN"']],
    [['git', 'commit', '-m', 'Rotate the API key: see password policy']],
    [['curl', '-b', 'cookies.txt', 'http://h']],
    [
      [
        'x',
        '--token',
        '%TOKEN%',
        '--key=%s',
        `--password=$${'{PW}'}`,
        '--secret',
        '$(pass show x)',
        '--private-key=/Users/Me2/Keys2024/Prod3Key',
      ],
    ],
  ])('%j', (command) => expect(words(command)).toEqual(command))

  it('a text of a megabyte takes no longer for having names in it', () => {
    const started = performance.now()
    text('key='.repeat(250_000))
    text('a=b,'.repeat(250_000))
    text('"token" '.repeat(120_000))
    expect(performance.now() - started).toBeLessThan(20_000)
  })
})
