/** Where the two native parts lie. They are those of the tracers that also use them alone. */
import { nativeFile } from '@roar/native'

export const libraryPath = (): string | null => nativeFile('libroar-preload.so')
export const supervisorPath = (): string | null => nativeFile('roar-ptrace')
