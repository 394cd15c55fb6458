/** Where programs keep their users' secrets. Seen from any home directory: containers and sudo change which one it is. */

/** Every file in a folder of these names, at any depth. */
export const secretFolders = inPath([
  '.ssh',
  '.gnupg',
  '.azure',
  '.kube',
  '.oci',
  '.password-store',
  '.config/gcloud',
  '.config/op',
  '.config/sops',
  '.local/share/keyrings',
  '.aws/sso',
  '.aws/cli',
  '.docker/contexts',
  'Library/Keychains',
])

/** Trees of the system that hold nothing else. */
export const secretTrees = /^\/(?:(?:var\/)?run\/secrets|etc\/(?:ssl|pki\/tls)\/private)(?:\/|$)/

/** By last component; each value lists what must stand before it ('' is: nothing). */
export const secretFiles: ReadonlyMap<string, readonly string[]> = byLastComponent([
  '.aws/credentials .aws/config .netrc _netrc .pypirc .pgpass .my.cnf .mylogin.cnf .npmrc .git-credentials',
  '.config/git/credentials .config/gh/hosts.yml .config/hub .config/glab-cli/config.yml .docker/config.json',
  '.config/containers/auth.json .config/rclone/rclone.conf .s3cfg .boto .passwd-s3fs .s3ql/authinfo2',
  '.cache/huggingface/token .cache/huggingface/stored_tokens .huggingface/token .config/wandb/settings',
  '.kaggle/kaggle.json .config/kaggle/kaggle.json .terraform.d/credentials.tfrc.json .terraformrc .vault-token',
  '.databrickscfg .snowsql/config .snowflake/connections.toml .snowflake/config.toml .dbt/profiles.yml',
  '.cargo/credentials .cargo/credentials.toml .gem/credentials .m2/settings.xml .m2/settings-security.xml',
  '.composer/auth.json .config/composer/auth.json .modal.toml .config/doctl/config.yaml .fly/config.yml',
  '.streamlit/secrets.toml .cdsapirc .ecmwfapirc .dodsrc .urs_cookies .htpasswd .vault_pass .smbcredentials',
  '/etc/shadow /etc/gshadow /etc/shadow- /etc/gshadow- /etc/krb5.keytab /etc/sudoers',
  'id_rsa id_dsa id_ecdsa id_ed25519 id_ecdsa_sk id_ed25519_sk application_default_credentials.json',
])

function byLastComponent(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const place of lines.flatMap((line) => line.split(' '))) {
    const cut = place.lastIndexOf('/')
    const last = place.slice(cut + 1)
    found.set(last, [...(found.get(last) ?? []), place.slice(0, Math.max(cut, 0))])
  }
  return found
}

/** One pattern for all of them: it is tried on every directory of a run. */
function inPath(folders: readonly string[]): RegExp {
  return new RegExp(`/(?:${folders.map((folder) => folder.replaceAll('.', '\\.')).join('|')})(?:/|$)`)
}
