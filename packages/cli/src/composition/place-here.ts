/** The workspace, or where there is none what the directory would be as one: for questions of files alone. Nothing is made. */
import { canonical, type Workspace, workspaceAt } from '@roar/host'
import type { Services } from './services.ts'

export const placeHere = (services: Services): Workspace =>
  services.get('workspaceHere') ?? workspaceAt(canonical(services.get('directory')))
