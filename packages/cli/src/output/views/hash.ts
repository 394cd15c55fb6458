/** Digests in the form of the `…sum` programs: digest, two blanks, name. */
import type { HashDocument } from '../../hashing/hash-paths.ts'
import { visible } from '../escape.ts'
import type { Page } from '../page.ts'

export function hashView(page: Page, { files }: HashDocument): void {
  const several = files.some((file) => Object.keys(file.digests).length > 1)
  for (const file of files) {
    for (const [name, hex] of Object.entries(file.digests))
      page.line(`${several ? `${name}:` : ''}${hex}  ${visible(file.path)}`)
  }
}

/** Beside the answer, which programs read line by line. */
export const hashFaults = ({ files }: HashDocument): readonly string[] =>
  files.flatMap(({ error, path }) => (error === null ? [] : [`${reasons[error] ?? error}  ${visible(path)}`]))

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EISDIR: 'is a directory',
  ELOOP: 'its links lead to no file',
  ENOTDIR: 'no such file',
  NOT_REGULAR: 'is no regular file',
  EIO: 'cannot be read: input/output error',
  UNSTABLE: 'changes while it is read',
}
