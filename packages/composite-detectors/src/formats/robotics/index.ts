/** LeRobot: episodes of robots as Parquet and video. */
import { type Format, only } from '../../format.ts'

export const lerobot: Format = {
  name: 'lerobot',
  about: {
    title: 'LeRobot v2, v3',
    recognised: '`meta/info.json` with a `codebase_version`',
    members: '`meta/`, `data/`, `videos/`',
    whole: 'no marker; `data/` has to be there',
  },
  isRoot: (at) => at.has('meta') && typeof at.json('meta/info.json')?.codebase_version === 'string',
  members: (paths) =>
    only(
      paths,
      (path) => /^(?:meta|data|videos)\//.test(path),
      paths.some((path) => path.startsWith('data/')) ? null : 'there is no data/',
    ),
}
