/** `roar.error/1`: what went wrong, why, and the way out. */
import { isRoarError } from '../errors.ts'

export type ErrorDocument = ReturnType<typeof errorDocument>

/** Anything thrown that is no RoarError is a fault of roar itself: ROAR_INTERNAL. */
export function errorDocument(error: unknown) {
  const known = isRoarError(error)
  const code = known ? error.code : 'ROAR_INTERNAL'
  return {
    schema: 'roar.error/1' as const,
    error: {
      code,
      message: error instanceof Error ? error.message : String(error),
      cause: known ? error.why : '',
      remedy: known
        ? [...error.remedy]
        : ['Please report this with the command and the output of `roar doctor --json`.'],
      docs: `errors/${code}`,
      data: known ? error.data : {},
    },
  }
}
