/** The detector of directory-shaped data; `formats.ts` lists what it knows. */
export { createCompositeDetector } from './detector.ts'
