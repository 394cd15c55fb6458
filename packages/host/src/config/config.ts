/** The settings that hold, and where each came from. */
import { bytesOf, millisecondsOf } from './amounts.ts'
import { requireKey } from './check-setting.ts'
import type { CompositeRule } from './composite-rules.ts'
import { type SettingKey, type SettingOf, type SettingValue, settingKeys, settingOf } from './settings.ts'
import type { SetVariable } from './variables.ts'

/** `option`, the name of a variable, a file, or `default`. */
export interface ConfigEntry {
  readonly key: SettingKey
  readonly value: SettingValue
  readonly origin: string
  readonly description: string
}

/** Of one source, already checked. */
export interface ConfigLayer {
  readonly values: ReadonlyMap<SettingKey, { readonly value: SettingValue; readonly origin: string }>
}

export class Config {
  /** `[[composite]]` of the workspace, then of the user. */
  readonly composites: readonly CompositeRule[]
  /** `[env.set]` of the workspace, by name. */
  readonly variables: readonly SetVariable[]
  readonly #layers: readonly ConfigLayer[]

  /** The first layer that has a value decides. */
  constructor(
    layers: readonly ConfigLayer[],
    composites: readonly CompositeRule[] = [],
    variables: readonly SetVariable[] = [],
  ) {
    this.#layers = layers
    this.composites = composites
    this.variables = variables
  }

  get<K extends SettingKey>(key: K): SettingOf<K>
  get(key: string): SettingValue
  get(key: string): SettingValue {
    return this.#find(requireKey(key)).value
  }

  origin(key: string): string {
    return this.#find(requireKey(key)).origin
  }

  entries(): readonly ConfigEntry[] {
    return settingKeys.map((key) => ({ key, ...this.#find(key), description: settingOf(key).description }))
  }

  /** What `get`, `put` or `run` hashes with: the primary algorithm first. */
  algorithms(use: 'run' | 'get' | 'put'): readonly string[] {
    return [...new Set([this.get('hash.primary'), ...this.get(`hash.${use}`)])]
  }

  /** How long a program is kept from destroying what the job has read. */
  holdLimits(): { readonly bytes: number; readonly ms: number } {
    return {
      bytes: bytesOf(this.get('hold.size')) ?? 0,
      ms: Math.min(millisecondsOf(this.get('hold.time')) ?? 0, 2 ** 31 - 1),
    }
  }

  /** Bytes a second below which a transfer is given up; 0: none. */
  leastRate(): number {
    return bytesOf(this.get('get.least_rate')) ?? 0
  }

  /** Of the members of a composite that a job did not touch: so many are read for its identity. */
  untouchedBytes(): number {
    return bytesOf(this.get('hash.untouched')) ?? 0
  }

  #find(key: SettingKey): { readonly value: SettingValue; readonly origin: string } {
    for (const layer of this.#layers) {
      const found = layer.values.get(key)
      if (found) return found
    }
    return { value: settingOf(key).default, origin: 'default' }
  }
}
