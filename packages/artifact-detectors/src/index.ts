/** The detectors that come with roar; `package.json` has their order. */
export { createCodeDetector } from './code/index.ts'
export { createCondaDetector } from './conda/index.ts'
export { createCredentialDetector } from './credential/index.ts'
export { createDebianDetector } from './debian/index.ts'
export { createIgnoredDetector } from './ignored/index.ts'
export { createNpmDetector } from './npm/index.ts'
export { createPythonDetector } from './python/index.ts'
export { createSystemDetector } from './system/index.ts'
