/** Icechunk: a versioned store for Zarr. Its files are named by their content; all versions in it belong to it. */
import type { Format } from '../../format.ts'

export const icechunk: Format = {
  name: 'icechunk',
  about: {
    title: 'Icechunk v1, v2',
    recognised: '`snapshots/` and `manifests/` with `refs/` (v1) or the file `repo` (v2)',
    members: 'all. Snapshots are compressed by zstd and are not read: what only older snapshots refer to is in it',
    whole: 'a branch names a snapshot (`refs/branch.main/ref.json`, `repo`)',
  },
  isRoot: (at) => at.has('snapshots') && (at.has('repo') || (at.has('refs') && at.has('manifests'))),
  members: (paths) => ({
    members: null,
    incomplete: paths.some((path) => path === 'repo' || /^refs\/.*ref.*\.json$/.test(path))
      ? null
      : 'no branch names a snapshot',
  }),
}
