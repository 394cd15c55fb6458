/** The recipe of a REF: from this workspace's record if it knows it, else from the registry. */
import { isRoarError, type Registry, RoarError } from '@roar/core'
import { type Recipe, recipeFromRegistry } from '@roar/reproduction'
import type { Services } from '../composition/services.ts'
import { visible } from '../output/escape.ts'
import { connectRegistry } from '../registry/connect-registry.ts'
import type { AskedRegistry } from '../registry/registry-option.ts'
import { namedTarget, remoteTarget } from '../registry/remote-target.ts'
import { readRecipe } from './read-recipe.ts'

export interface FoundRecipe {
  readonly recipe: Recipe
  /** Where it was found, if not here: it takes receipts. */
  readonly registry: Registry | null
}

export async function findRecipe(services: Services, ref: string, asked: AskedRegistry | null): Promise<FoundRecipe> {
  if (asked !== null) return askRegistry(services, ref, asked)
  try {
    return { recipe: await readRecipe(services, ref), registry: null }
  } catch (error) {
    if (!isUnknown(error) || (await namedTarget(ref)) === null) throw error
    return await askRegistry(services, ref, { address: null }).catch((other: unknown) => {
      // Without a registry it is the local answer that counts.
      throw isRoarError(other) && other.code === 'ROAR_REGISTRY_NONE' ? withRegistry(error) : other
    })
  }
}

const unknown = new Set(['ROAR_REF_UNKNOWN', 'ROAR_WORKSPACE_MISSING', 'ROAR_STORE_MISSING', 'ROAR_SESSION_NONE'])
const isUnknown = (error: unknown): error is RoarError => isRoarError(error) && unknown.has(error.code)

const withRegistry = (error: RoarError): RoarError =>
  new RoarError(error.code, error.message, {
    cause: error.why,
    remedy: [...error.remedy, 'roar config set registry.url URL, or --registry URL: a registry may know it'],
  })

async function askRegistry(services: Services, ref: string, { address }: AskedRegistry): Promise<FoundRecipe> {
  const target = await remoteTarget(services, ref)
  const { registry, url } = await connectRegistry(services, address)
  const answer = await registry.recipe(target)
  if (answer === null || answer.jobs.length === 0) throw notThere(ref, url)
  if (answer.incomplete) throw incomplete(ref, url)
  return { recipe: recipeFromRegistry(ref, url, answer), registry }
}

const notThere = (ref: string, url: string): RoarError =>
  new RoarError('ROAR_REF_UNKNOWN', `Neither this workspace nor ${url} knows how ${visible(ref)} was made.`, {
    remedy: ['roar register, where it was recorded, publishes its lineage', 'roar login, if it is private'],
  })

const incomplete = (ref: string, url: string): RoarError =>
  new RoarError('ROAR_REPRODUCE_NOTHING', `${url} does not have all steps of ${visible(ref)}.`, {
    cause: 'Some were withdrawn, or there are more than it gives.',
    remedy: ['roar reproduce a later artifact of the same lineage'],
  })
