/** Holds a document that a command printed against its published schema. */
import { readdirSync, readFileSync } from 'node:fs'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

const folder = new URL('../../core/schemas/', import.meta.url)
const ajv = new Ajv2020.default({ allErrors: true, strict: false })
addFormats.default(ajv)
for (const name of readdirSync(folder)) ajv.addSchema(JSON.parse(readFileSync(new URL(name, folder), 'utf8')))

/** One line a fault. */
export function schemaErrors(document: object): readonly string[] {
  const { schema } = document as { readonly schema: string }
  const validate = ajv.getSchema(`urn:${schema.replace('.', ':').replace('/', ':')}`)
  if (!validate) return [`there is no schema ${schema}`]
  validate(document)
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
}
