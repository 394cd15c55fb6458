/** `roar.reproduce/1`: what would be done, for programs. */
import { pathFields, stepName } from '@roar/core'
import { type Plan, repositoryOf } from '@roar/reproduction'

export type PlanDocument = ReturnType<typeof planDocument>

export const planDocument = (plan: Plan) => ({
  schema: 'roar.reproduce/1' as const,
  of: plan.recipe.of,
  member: plan.recipe.member ?? null,
  origin: plan.recipe.origin,
  session: plan.recipe.session,
  ready: plan.problems.length === 0,
  targets: plan.recipe.targets.map((one) => ({ ...pathFields(one.path), step: one.step })),
  repositories: plan.source?.repositories ?? [],
  commits: plan.source?.commits ?? [],
  environments: plan.environments.map((one) => ({
    kind: one.kind,
    version: one.kind === 'python' ? one.version : null,
    at: one.kind === 'python' ? one.at : null,
    packages: one.packages.map(({ ecosystem, name, version, purl }) => ({
      ...{ ecosystem, name, version, purl },
      repository: repositoryOf({ purl }),
    })),
    projects: one.kind === 'node' ? [] : one.projects,
    steps: one.steps,
  })),
  steps: plan.recipe.steps.map((one) => ({
    step: stepName(one.step),
    uid: one.uid,
    kind: one.kind,
    argv: one.argv,
    cwd: one.cwd,
    commit: one.source?.commit ?? null,
    duration_ms: one.durationMs,
    complete: one.complete,
    outputs: one.outputs.map((output) => ({ ...pathFields(output.path), size: output.size, digests: output.digests })),
  })),
  inputs: plan.inputs.map((one) => ({
    ...pathFields(one.path),
    kind: one.kind,
    size: one.size,
    digests: one.digests,
    used_by: one.usedBy,
    state: one.state,
    member_of: one.memberOf === undefined ? null : pathFields(one.memberOf).path,
    places: one.places.map((place) => ({ kind: place.kind, where: place.where, verified: place.verified })),
    why: one.why,
  })),
  differences: plan.differences,
  withheld: plan.withheld.map((one) => ({ step: one.step, name: one.name, set_here: one.setHere })),
  notes: plan.notes,
  problems: plan.problems,
})
