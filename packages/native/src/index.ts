/** Where the native parts for this platform lie. */
export { nativeFile, platformName } from './native-file.ts'
export { makers, type NativeFile } from './parts.ts'
export { packagedNative, version } from './platform-package.ts'
