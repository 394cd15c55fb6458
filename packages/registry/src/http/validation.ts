/** Requests are held to the schemas as they are: nothing is dropped silently, and only what comes as text in an address is turned into numbers. */
import Ajv from 'ajv'
import addFormats from 'ajv-formats'
import type { TSchema } from 'typebox'
import type { App } from './app.ts'

const shared = { allErrors: false, strict: false, useDefaults: true } as const

export function validateRequests(app: App): void {
  const strict = withFormats(new Ajv.default({ ...shared, coerceTypes: false }))
  const texts = withFormats(new Ajv.default({ ...shared, coerceTypes: true }))
  app.setValidatorCompiler(({ schema, httpPart }) => (httpPart === 'body' ? strict : texts).compile(schema as object))
  // Answers are ours: the schemas describe them, the tests hold them to it, and writing them is plain JSON.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))
}

function withFormats(ajv: InstanceType<typeof Ajv.default>) {
  addFormats.default(ajv)
  return ajv
}

/** For tests: every answer is held to the schema of its route; one that is not fails as a fault of ours. */
export function validateAnswers(app: App): void {
  const ajv = withFormats(new Ajv.default({ ...shared, useDefaults: false }))
  const compiled = new WeakMap<object, ReturnType<typeof ajv.compile>>()
  app.addHook('preSerialization', async (request, reply, payload) => {
    const schemas = request.routeOptions.schema?.response as Record<string, TSchema> | undefined
    const schema = schemas?.[reply.statusCode] ?? schemas?.[`${Math.floor(reply.statusCode / 100)}xx`]
    if (!schema) return payload
    const validate = compiled.get(schema) ?? ajv.compile(schema)
    compiled.set(schema, validate)
    if (!validate(payload)) throw new Error(`answer of ${request.url}: ${ajv.errorsText(validate.errors)}`)
    return payload
  })
}
