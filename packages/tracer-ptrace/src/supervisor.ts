/** Where the native supervisor lies. */
import { nativeFile } from '@roar/native'

/** Null where it was not built for this platform. */
export const supervisorPath = (): string | null => nativeFile('roar-ptrace')
