// The words that schemas are made of.

export const any = {}
export const string = { type: 'string' }
export const boolean = { type: 'boolean' }
export const number = { type: 'number' }
export const integer = { type: 'integer' }
export const natural = { type: 'integer', minimum: 0 }
export const time = { type: 'string', format: 'date-time' }
export const step = { type: 'string', pattern: '^@B?[1-9][0-9]*$' }
export const uid = { type: 'string', pattern: '^[0-9a-f]{8}$' }
export const sessionHash = { type: 'string', pattern: '^[0-9a-f]{32}$' }
export const commit = { type: 'string', pattern: '^([0-9a-f]{40}|[0-9a-f]{64})$' }

export const orNull = (schema) =>
  typeof schema.type === 'string' && schema.type !== 'object'
    ? { ...schema, type: [schema.type, 'null'] }
    : { anyOf: [{ type: 'null' }, schema] }
export const list = (items) => ({ type: 'array', items })
export const oneOf = (...values) => ({ enum: values })
export const map = (values) => ({ type: 'object', additionalProperties: values })
/** Fields may be added to a document without a new schema number: only what is there is promised. */
export const object = (properties, optional = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => name !== 'path_b64' && !optional.includes(name)),
})

export const digests = {
  type: 'object',
  propertyNames: { pattern: '^[a-z][a-z0-9-]*$' },
  additionalProperties: { type: 'string', pattern: '^([0-9a-f]{2})+(-[1-9][0-9]*)?$' },
}
/** `verified`: the bytes were read; `asserted`: a source said so; `derived`: computed from other digests. */
export const claims = { type: 'object', additionalProperties: { enum: ['verified', 'asserted', 'derived'] } }
/** `path` is for people; `path_b64` is there when the path is not UTF-8. */
export const path = { path: string, path_b64: { type: 'string', contentEncoding: 'base64' } }
export const sourced = oneOf('job', 'commit', 'none')
