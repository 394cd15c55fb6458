/** Icechunk: a versioned store for Zarr. Its files are named by their content; all versions in it belong to it. */
import type { Directory } from '../../directory.ts'
import type { Format } from '../../format.ts'

/** Of every file of it: `ICE`, an ice cube, `CHUNK`. */
const hasMagic = (at: Directory): boolean =>
  at.has('repo') && Buffer.from(at.head('repo', 3) ?? []).toString('latin1') === 'ICE'

/** Made, and nothing committed yet: no manifests, and the branch names the first snapshot. */
const isFresh = (at: Directory): boolean => {
  const [first] = at.exists('refs/branch.main/ref.json') ? at.list('snapshots') : []
  return first !== undefined && Buffer.from(at.head(`snapshots/${first}`, 3) ?? []).toString('latin1') === 'ICE'
}

export const icechunk: Format = {
  name: 'icechunk',
  about: {
    title: 'Icechunk v1, v2',
    recognised:
      '`snapshots/` and `manifests/` with `refs/` (v1) or the file `repo` (v2); of one without a commit `refs/branch.main/ref.json` and snapshots that begin with `ICE`',
    members: 'all. Snapshots are compressed by zstd and are not read: what only older snapshots refer to is in it',
    whole: 'a branch names a snapshot (`refs/branch.main/ref.json`, `repo`)',
  },
  isRoot: (at) => {
    if (!at.has('snapshots')) return false
    return at.has('manifests') ? at.has('refs') || hasMagic(at) : hasMagic(at) || isFresh(at)
  },
  members: (paths) => ({
    members: null,
    incomplete: paths.some((path) => path === 'repo' || /^refs\/.*ref.*\.json$/.test(path))
      ? null
      : 'no branch names a snapshot',
  }),
}
