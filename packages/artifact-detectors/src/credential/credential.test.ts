// Secrets are known by where they lie, by what they are called, and private keys by what is in them.
import { type DetectorCase, detectorSuite } from '@roar/conformance'
import { describe, it } from 'vitest'
import { all } from '../cases.test-data.ts'
import { createCredentialDetector } from './index.ts'

const key = (kind: string) => `-----BEGIN ${kind}PRIVATE KEY-----\nMIIE\n`
const certificate = '-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----\n'
const tree = {
  '/home/u/project/server.pem': key('RSA '),
  '/home/u/project/plain.pem': key(''),
  '/home/u/project/both.pem': certificate + key('EC '),
  '/home/u/project/tls.key': key('ENCRYPTED '),
  '/home/u/project/deploy.key': key('OPENSSH '),
  '/etc/ssh/ssh_host_rsa_key': key('OPENSSH '),
  '/home/u/project/backup.asc': '-----BEGIN PGP PRIVATE KEY BLOCK-----\n',
  '/home/u/project/service-account.json': '{"type": "service_account", "private_key": "-----BEGIN"}',
  '/data/client_secret_1.json': '{"installed":{"client_secret":"x"}}',
  '/data/cacert.pem': certificate,
  '/data/talk.key': 'PK\x03\x04',
  '/data/public.asc': '-----BEGIN PGP PUBLIC KEY BLOCK-----\n',
  '/data/tokens.json': '["a", "private_key"]',
}
const credential = { is: 'credential' } as const

const cases: readonly DetectorCase[] = [
  ...all(
    credential,
    `/home/u/.ssh/id_ed25519 /home/u/.ssh/config /root/.ssh/known_hosts /home/u/.aws/credentials /root/.aws/config /home/u/.aws/sso/cache/a.json
     /home/u/.netrc /home/u/.pypirc /home/u/.npmrc /home/u/.pgpass /home/u/.git-credentials /home/u/.config/git/credentials
     /home/u/.config/gcloud/application_default_credentials.json /home/u/.config/gcloud/credentials.db /home/u/.kube/config /home/u/.docker/config.json
     /home/u/.cache/huggingface/token /home/u/.huggingface/token /home/u/.kaggle/kaggle.json /home/u/.config/gh/hosts.yml /home/u/.gnupg/trustdb.gpg
     /home/u/.azure/accessTokens.json /etc/shadow /etc/ssl/private/x.key /run/secrets/db /home/u/.cargo/credentials.toml /home/u/.s3cfg
     /home/u/project/.env /home/u/project/.env.local /home/u/project/id_rsa /home/u/project/.streamlit/secrets.toml /home/u/keys/store.p12
     /home/u/a.keytab /tmp/krb5cc_1000 /home/u/.databrickscfg /home/u/.dbt/profiles.yml /home/u/.config/rclone/rclone.conf`,
    { tree },
  ),
  ...all(
    credential,
    `/home/u/project/server.pem /home/u/project/plain.pem /home/u/project/both.pem /home/u/project/tls.key /home/u/project/deploy.key
     /etc/ssh/ssh_host_rsa_key /home/u/project/backup.asc /home/u/project/service-account.json /data/client_secret_1.json`,
    { tree },
  ),
  ...all(
    null,
    `/data/cacert.pem /data/talk.key /data/public.asc /data/tokens.json /data/missing.pem /home/u/project/credentials.csv
     /home/u/project/.env.example /home/u/project/.envrc /home/u/project/config /home/u/project/token /home/u/project/auth.json
     /home/u/.sshx/a /home/u/ssh/a /home/u/project/id_rsa.py /home/u/project/kaggle.json /data/environment.env.csv /home/u/.config/gh/config.yml`,
    { tree },
  ),
]

detectorSuite({ describe, it }, 'credential', createCredentialDetector, cases)
