/** The plugin's entry: a GLaaS registry over HTTP. */
import type { RegistryDriver } from '@roar/core'
import { connect } from './connect.ts'

export const createRegistry = (): RegistryDriver => ({ name: 'glaas', connect })
