/** One folder a format. */
export { createOpenLineageExporter } from './openlineage/index.ts'
export { createProvExporter } from './prov/index.ts'
export { createRoCrateExporter } from './ro-crate/index.ts'
export { createSlsaExporter } from './slsa/index.ts'
