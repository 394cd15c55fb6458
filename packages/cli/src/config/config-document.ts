/** `roar.config/1`: settings, their values and where each came from. */
import type { Config } from '@roar/host'

export type ConfigDocument = ReturnType<typeof configDocument>

export const configDocument = (config: Config) => ({
  schema: 'roar.config/1' as const,
  values: config.entries().map(({ key, value, origin, description }) => ({ key, value, origin, description })),
})

/** The same document with one setting. An unknown key is refused with the nearest known one. */
export function settingDocument(config: Config, key: string): ConfigDocument {
  config.get(key)
  const document = configDocument(config)
  return { ...document, values: document.values.filter((one) => one.key === key) }
}

/** As it would be given to `config set`; a list one value a line. */
export const settingText = (value: unknown): string => (Array.isArray(value) ? value.join('\n') : String(value ?? ''))
