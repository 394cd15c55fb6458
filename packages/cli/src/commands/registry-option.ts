/** `--registry`, as every command has it that can answer from a workspace or from a registry. */
import { Option } from 'clipanion'

export const registryOption = () =>
  Option.String('--registry', {
    tolerateBoolean: true,
    description: 'ask the registry, not the workspace: registry.url, or the one whose address follows',
  })
