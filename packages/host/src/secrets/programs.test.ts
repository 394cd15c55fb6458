// Passwords that stand where a program expects one, by no name: behind its other words, before a pipe, in a statement, in an address that is one.
import { describe, expect, it } from 'vitest'
import { createRedaction } from '../environment/redaction.ts'

const { words } = createRedaction({ names: [], keep: [] })
const secret = 'quiet4harbor'
const sh = (line: string): string[] => ['sh', '-c', line]

describe('a secret is found', () => {
  it.each([
    [['htpasswd', '-b', 'users', 'alice', secret]],
    [['htpasswd', '-nbB', 'alice', secret]],
    [['htpasswd', '-c', '-b', '-C', '12', 'users', 'alice', secret]],
    [sh(`cd a && htpasswd -bc users alice '${secret}'`)],
    [['openssl', 'passwd', '-6', '-salt', 'ab', secret]],
    [['tool', '--password-command', `echo ${secret}`]],
    [['tool', `--password-command=printf %s ${secret}`]],
    [['tool', `db_password_cmd=printf '%s\\n' ${secret}`]],
    [['restic', '--password-command', `sh -c 'echo ${secret}'`, 'backup']],
    [['wpa_passphrase', 'home', secret]],
    [['qpdf', '--encrypt', 'user', secret, '256', '--', 'a', 'b']],
    [['rclone', 'obscure', secret]],
    [['beeline', '-n', 'me', '-p', secret]],
    [['ipmitool', '-U', 'me', '-P', secret, 'power', 'status']],
    [['mosquitto_pub', '-u', 'me', '-P', secret]],
    [['nmcli', 'dev', 'wifi', 'connect', 'home', 'password', secret]],
    [['useradd', '-p', secret, 'bob']],
    [['pdftotext', '-upw', secret, 'a.pdf']],
    [['gh', 'secret', 'set', 'NAME', '--body', secret]],
    [['net', 'use', '\\\\h\\s', '/user:me', secret]],
    [['xfreerdp', '/u:me', `/p:${secret}`, '/v:h']],
    [['winexe', '-U', `me%${secret}`, '//h', 'cmd']],
    [['poetry', 'config', 'http-basic.own', 'me', secret]],
    [['tool', '--mnemonic', `${secret} able about absent`]],
    [sh(`echo ${secret} | passwd --stdin bob`)],
    [sh(`printf %s ${secret} | cryptsetup luksOpen /dev/x y -`)],
    [sh(`echo ${secret} | gpg --batch --passphrase-fd 0 -c f`)],
    [sh(`sudo -S ls <<< ${secret}`)],
    [sh(`sudo -S ls <<EOF\n${secret}\nEOF`)],
    [sh(`printf 'user: a\\npassword: ${secret}\\n' > c.yml`)],
    [sh(`echo "password: ${secret}" > c.yml`)],
    [['expect', '-c', `spawn ssh h; expect "assword:"; send "${secret}\\r"`]],
    [['perl', '-e', `$ENV{PASSWORD}='${secret}'`]],
    [['python3', '-c', `requests.get('https://h', auth=('me', '${secret}'))`]],
    [['curl', '-d', `<login><password>${secret}</password></login>`, 'https://h']],
    [['mysql', '-e', `CREATE USER 'a'@'%' IDENTIFIED BY '${secret}'`]],
    [['psql', '-c', `ALTER ROLE a WITH PASSWORD '${secret}'`]],
    [['mysql', '-e', `SET PASSWORD FOR 'a' = PASSWORD('${secret}')`]],
    [['duckdb', '-c', `CREATE SECRET (TYPE S3, KEY_ID 'x', SECRET '${secret}')`]],
    [['curl', `https://hooks.zapier.com/hooks/catch/1234567/${secret}/`]],
    [['curl', `https://maker.ifttt.com/trigger/e/with/key/${secret}-${secret}`]],
    [['conda', 'install', '-c', `https://conda.anaconda.org/t/tk-${secret}/channel`, 'x']],
    [['ffmpeg', '-f', 'flv', `rtmp://a.rtmp.example.org/live2/${secret}-1234`]],
    [['usermod', '-p', `$6$aBcDeFgH$${secret}${secret}`, 'bob']],
  ])('%j', (command) => {
    expect(words(command).join(' ')).not.toContain(secret)
    expect(words(words(command))).toEqual(words(command))
  })
})

describe('no secret is', () => {
  it.each([
    [['x', '--partition', 'token=1a2b3c4d5e6f7a8b']],
    [['x', '--partition=session_key=abc12345']],
    [['x', 'sales/token=abc12345/region=eu/', 's3://b/sales/user_key=9f86d081884c7d65/part-0']],
    [['x', 'sk-learn-model-version-2-final']],
    [['x', `zb2rh${'YSxw4ZjuzgCnWSt19Q94ERaeFhu9uSqRgjSdx9bsgM6f'}`]],
    [['htpasswd', '-c', 'users', 'alice']],
    [['openssl', 'passwd', '-6', '-stdin', '-in', 'file']],
    [['tool', '--password-command', 'pass show db']],
    [['mosquitto_pub', '-p', '1883', '-t', 'x']],
    [['gh', 'pr', 'create', '--body', 'Three passwords and a key']],
    [['python3', '-c', "df.groupby('key').agg(token=('x','sum'))"]],
    [['python3', '-c', 'print("password: ")']],
    [['psql', '-c', 'SELECT password FROM users']],
    [sh('echo hello | tee f; cat pw | docker login --password-stdin; echo 5 | python3 x.py')],
  ])('%j', (command) => expect(words(command)).toEqual(command))
})
