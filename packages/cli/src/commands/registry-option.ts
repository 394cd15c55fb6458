/** `--registry`, as commands have it. */
import { Option } from 'clipanion'

/** Of every command that can answer from a workspace or from a registry. */
export const registryOption = () =>
  Option.String('--registry', {
    tolerateBoolean: true,
    description: 'ask the registry, not the workspace: registry.url, or the one whose address follows',
  })

/** `--registry URL`, as those have it that speak of an account: there is no workspace to ask. */
export const registryAddress = () =>
  Option.String('--registry', { description: 'address of a registry, in place of registry.url' })
