/** The config.toml of a new workspace: every setting explained, none set. */
import { tomlValue } from './edit-toml.ts'
import { settingKeys, settingOf } from './settings.ts'

const heading = `# Settings of this workspace. A line that begins with # shows the default; take the # away to change it,
# or use: roar config set KEY VALUE
# Order: option, environment (ROAR_HASH_PRIMARY and so on), this file, your own settings, default.
`

export function configTemplate(): string {
  let table = ''
  const lines = [heading]
  for (const key of settingKeys.filter((one) => !settingOf(one).ofUser)) {
    const [group, name] = key.includes('.') ? (key.split('.') as [string, string]) : ['', key]
    if (group !== table) lines.push(`[${group}]`)
    table = group
    const setting = settingOf(key)
    lines.push(`# ${setting.description}`, `# ${name} = ${tomlValue(setting.default)}`, '')
  }
  return lines.join('\n')
}
