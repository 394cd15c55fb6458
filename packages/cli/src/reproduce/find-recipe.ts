/** The recipe of a REF: from this workspace's record if it knows it, else from the registry. */
import { isRoarError, type RecipeTarget, type Registry, RoarError } from '@roar/core'
import { type Recipe, recipeFromRegistry } from '@roar/reproduction'
import type { Services } from '../composition/services.ts'
import { visible } from '../output/escape.ts'
import { parseDigest } from '../references/digest.ts'
import { connectRegistry } from '../registry/connect-registry.ts'
import { readRecipe } from './read-recipe.ts'

export interface FoundRecipe {
  readonly recipe: Recipe
  /** Where it was found, if not here: it takes receipts. */
  readonly registry: Registry | null
}

export async function findRecipe(services: Services, ref: string, address: string | null): Promise<FoundRecipe> {
  if (address !== null) return askRegistry(services, ref, address)
  try {
    return { recipe: await readRecipe(services, ref), registry: null }
  } catch (error) {
    if (!isUnknown(error) || (await targetOf(ref)) === null) throw error
    return await askRegistry(services, ref, null).catch((other: unknown) => {
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

async function targetOf(ref: string): Promise<RecipeTarget | null> {
  const session = /(?:^session:|\/dag\/)([0-9a-f]{64})$/i.exec(ref)?.[1]
  if (session) return { session: session.toLowerCase() }
  // The address of an artifact's page will do as well.
  const digest = /\/artifact\/([^/?#]+)$/.exec(ref)?.[1] ?? ref
  return (await parseDigest(digest)) === null ? null : { digest }
}

async function askRegistry(services: Services, ref: string, address: string | null): Promise<FoundRecipe> {
  const target = await targetOf(ref)
  if (target === null) throw noDigest(ref)
  const { registry, url } = await connectRegistry(services, address)
  const answer = await registry.recipe(target)
  if (answer === null || answer.jobs.length === 0) throw notThere(ref, url)
  if (answer.incomplete) throw incomplete(ref, url)
  return { recipe: recipeFromRegistry(ref, url, answer), registry }
}

const noDigest = (ref: string): RoarError =>
  new RoarError('ROAR_USAGE', `A registry is asked for a digest or a session, not for ${visible(ref)}.`, {
    exitCode: 2,
  })

const notThere = (ref: string, url: string): RoarError =>
  new RoarError('ROAR_REF_UNKNOWN', `Neither this workspace nor ${url} knows how ${visible(ref)} was made.`, {
    remedy: ['roar register, where it was recorded, publishes its lineage', 'roar login, if it is private'],
  })

const incomplete = (ref: string, url: string): RoarError =>
  new RoarError('ROAR_REPRODUCE_NOTHING', `${url} does not have all steps of ${visible(ref)}.`, {
    cause: 'Some were withdrawn, or there are more than it gives.',
    remedy: ['roar reproduce a later artifact of the same lineage'],
  })
