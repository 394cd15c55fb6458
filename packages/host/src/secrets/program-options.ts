/** Which words of which programs are passwords, where no telling name says so. */

export interface ProgramRule {
  readonly name: RegExp
  /** The password is the word behind it. */
  readonly option?: RegExp
  /** Its group is the password. */
  readonly attached?: RegExp
  /** The password is the next word behind the program and all these. */
  readonly behind?: RegExp
  /** The rule holds only beside this word. */
  readonly with?: string
}

/** A setting that is set to one. */
const secretSetting = String.raw`\S*(?:password|passphrase|token|secret|access_key|connection_string|extraheader)\S*`

/** Options that carry a password in some programs and mean something else in others, and words that do by their place. */
export const programs: readonly ProgramRule[] = [
  { name: /^(?:mysql\w*|mariadb\w*)$/, attached: /^-p(.+)$/ },
  { name: /^sshpass$/, option: /^-p$/, attached: /^-p(.+)$/ },
  { name: /^(?:redis-cli|valkey-cli)$/, option: /^(?:-a|--pass)$/ },
  {
    name: /^(?:mongo\w*|twine|cqlsh|yt-dlp|youtube-dl|beeline|ncftp\w*|rdesktop|psexec|crackmapexec|netexec|nxc)$/,
    option: /^-p$/,
  },
  { name: /^(?:docker|podman|nerdctl|buildah|skopeo|helm|oras|crane|az|cf|oc)$/, option: /^-p$/, with: 'login' },
  { name: /^poetry$/, option: /^-p$/, with: 'publish' },
  { name: /^ldap\w+$/, option: /^-w$/ },
  { name: /^(?:sqlcmd|bcp|tsql|isql)$/, option: /^-P$/, attached: /^-P(.+)$/ },
  { name: /^(?:ipmitool|mosquitto_(?:pub|sub|rr))$/, option: /^-P$/ },
  { name: /^snmp\w+$/, option: /^-[AX]$/ },
  { name: /^snmp(?:get|walk|set|bulk|table|trap)\w*$/, option: /^-c$/ },
  { name: /^ab$/, option: /^-[AP]$/ },
  { name: /^(?:doctl|flyctl|influx|vercel)$/, option: /^-t$/ },
  { name: /^(?:prefect|openai)$/, option: /^-k$/ },
  { name: /^llm$/, option: /^--value$/, with: 'keys' },
  { name: /^aws$/, option: /^--value$/, with: 'SecureString' },
  { name: /^az$/, option: /^--value$/, with: 'keyvault' },
  { name: /^(?:xhs?|https?)$/, option: /^(?:-a|--auth)$/, with: 'bearer' },
  { name: /^mc$/, behind: /^mc (?:alias set|config host add)(?: --?\S+)* \S+ \S+ \S+$/ },
  { name: /^cargo$/, behind: /^cargo login(?: --?\S+)*$/ },
  { name: /^ngrok$/, behind: /^ngrok (?:config add-)?authtoken$/ },
  { name: /^rabbitmqctl$/, behind: /^rabbitmqctl(?: -\S+)* (?:add_user|change_password|authenticate_user) \S+$/ },
  { name: /^dvc$/, behind: new RegExp(`^dvc remote modify(?: -\\S+)* \\S+ ${secretSetting}$`) },
  { name: /^git$/, behind: new RegExp(`^git config(?: -\\S+)*(?: set)? ${secretSetting}$`) },
  {
    name: /^composer$/,
    behind: /^composer config(?: -\S+)* (?:http-basic\.\S+ \S+|(?:github-oauth|gitlab-\w+|bearer)\.\S+)$/,
  },
  { name: /^bundle$/, attached: /^[^\s:/]+:([^\s/:]{6,})$/, with: 'config' },
  { name: /^(?:7z|7za|7zz|unzip|zip|rar|unrar)$/, option: /^-P$/, attached: /^-p(.+)$/ },
  { name: /^openssl$/, option: /^-[kK]$/, with: 'enc' },
  { name: /^openssl$/, behind: /^openssl passwd(?: -(?:salt|in) \S+| -(?!(?:salt|in)\b)\w+)*$/ },
  { name: /^ssh-keygen$/, option: /^-[NP]$/ },
  { name: /^pdf\w+$/, option: /^(?:(?:input|owner|user)_pw|-[uo]pw)$/ },
  { name: /^qpdf$/, behind: /^qpdf (?:\S+ )*--encrypt(?: \S+)?$/ },
  { name: /^(?:useradd|usermod)$/, option: /^-p$/ },
  { name: /^htpasswd$/, behind: /^htpasswd (?=(?:\S+ )*-\w*b)(?=(?:\S+ )*-\w*n)(?:-\S+ (?:\d+ )?)+[^-\s]\S*$/ },
  { name: /^htpasswd$/, behind: /^htpasswd (?=(?:\S+ )*-\w*b)(?:-[^\sn]+ (?:\d+ )?)+[^-\s]\S* [^-\s]\S*$/ },
  { name: /^nmcli$/, option: /^(?:password|(?:[\w-]+\.)?psk)$/ },
  { name: /^wpa_passphrase$/, behind: /^wpa_passphrase \S+$/ },
  { name: /^(?:\w*freerdp\d?)$/, attached: /^\/g?p:(.+)$/ },
  { name: /^net(?:\.exe)?$/, behind: /^\S+ use \\\\\S+(?: \/user:\S+)?$/ },
  { name: /^swaks$/, option: /^-ap$/ },
  { name: /^oathtool$/, behind: /^oathtool(?: -[dwNSsc] \S+| -\S+)*(?<! -[dwNSsc])$/ },
  { name: /^rclone$/, behind: /^rclone obscure$/ },
  { name: /^poetry$/, behind: /^poetry config (?:http-basic\.\S+ \S+|pypi-token\.\S+)$/ },
  { name: /^gh$/, option: /^(?:-b|--body)$/, attached: /^--body=(.+)$/, with: 'secret' },
  { name: /^(?:sqlplus|sqlldr|expdp|impdp)$/, attached: /^(?:userid=)?[\w$#]+\/([^@/\s]+)(?:@.*)?$/ },
  { name: /^wandb$/, attached: /^([0-9a-f]{40})$/, with: 'login' },
  { name: /^(?:rclone|restic|borg|duplicity)$/, option: /^--(?:pass|password|password2)$/ },
]
/** `user:password` */
export const clients = /^(?:curl|wget|http|https|xh|httpie|aria2c|lftp|smbclient|rpcclient|winexe)$/
/** A file, where there is no `=` in it. */
export const cookieOption = /^(?:-b|--cookie)$/
export const userOption = /^(?:-u|-U|--user|--proxy-user|-a|--auth)$/

/** A line without any of them is not looked at word by word. */
export const programsWithOptions =
  /(?<![\w-])(?:openssl|ssh-keygen|pdf[a-z]|qpdf|sqlplus|sqlldr|expdp|impdp|wandb|mysql|mariadb|sshpass|redis-cli|valkey-cli|mongo|docker|podman|nerdctl|buildah|skopeo|helm|oras|crane|az|cf|twine|ldap|sqlcmd|bcp|tsql|isql|7za?|7zz|unzip|zip|rar|unrar|rclone|restic|borg|duplicity|curl|wget|https?|xh|httpie|aria2c|lftp|smbclient|rpcclient|winexe|beeline|ncftp|rdesktop|\w*freerdp|psexec|crackmapexec|netexec|nxc|ipmitool|mosquitto|snmp|useradd|usermod|htpasswd|nmcli|wpa_passphrase|net|swaks|oathtool|poetry|gh|ab|mc|oc|aws|git config|doctl|flyctl|influx|vercel|prefect|openai|llm|cargo|ngrok|rabbitmqctl|dvc|composer|bundle|cqlsh|yt-dlp|youtube-dl)/
