/** Requests are held to the schemas as they are: nothing is dropped silently, and only what comes as text in an address is turned into numbers. */
import Ajv from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifyValidationResult } from 'fastify/types/schema.js'
import type { TSchema } from 'typebox'
import type { App } from './app.ts'

type Checker = InstanceType<typeof Ajv.default>

const shared = { allErrors: false, strict: false, useDefaults: true } as const

/** Each compiles a schema once, however many servers are built in this process. */
const bodies = withFormats(new Ajv.default({ ...shared, coerceTypes: false }))
const texts = withFormats(new Ajv.default({ ...shared, coerceTypes: true }))
const answers = withFormats(new Ajv.default({ ...shared, useDefaults: false }))

export function validateRequests(app: App): void {
  app.setValidatorCompiler(({ schema, httpPart }) => whenAsked(httpPart === 'body' ? bodies : texts, schema as object))
  // Answers are ours: the schemas describe them, the tests hold them to it, and writing them is plain JSON.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))
}

/** To compile the schemas of all routes takes a quarter of a server's start, and few of them are asked for soon. */
function whenAsked(checker: Checker, schema: object): FastifyValidationResult {
  let compiled: ReturnType<Checker['compile']> | null = null
  const validate: FastifyValidationResult = (data) => {
    compiled ??= checker.compile(schema)
    const holds = compiled(data) as boolean
    validate.errors = (compiled.errors ?? null) as NonNullable<FastifyValidationResult['errors']> | null
    return holds
  }
  return validate
}

function withFormats(checker: Checker): Checker {
  addFormats.default(checker)
  return checker
}

/** For tests: every answer is held to the schema of its route; one that is not fails as a fault of ours. */
export function validateAnswers(app: App): void {
  app.addHook('preSerialization', async (request, reply, payload) => {
    const schemas = request.routeOptions.schema?.response as Record<string, TSchema> | undefined
    const schema = schemas?.[reply.statusCode] ?? schemas?.[`${Math.floor(reply.statusCode / 100)}xx`]
    if (!schema) return payload
    const validate = answers.compile(schema)
    if (!validate(payload)) throw new Error(`answer of ${request.url}: ${answers.errorsText(validate.errors)}`)
    return payload
  })
}
