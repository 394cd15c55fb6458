// Documents of making again, verifying and comparing.
import {
  boolean,
  commit,
  digests,
  list,
  natural,
  number,
  object,
  oneOf,
  orNull,
  path,
  step,
  string,
  time,
  uid,
} from './schema-words.mjs'

const verdictWords = ['identical', 'content', 'tolerance', 'different', 'missing']
const verdictWord = oneOf(...verdictWords)
const judged = object({
  ...path,
  step: orNull(step),
  expected: digests,
  found: orNull(digests),
  verdict: verdictWord,
  comparer: orNull(string),
  difference: orNull(string),
})
const tolerance = object({ relative: number, absolute: number })
const problem = object({ code: string, message: string, cause: string, remedy: list(string) })
const plannedInput = object({
  ...path,
  kind: oneOf('file', 'composite'),
  size: orNull(natural),
  digests,
  used_by: list(step),
  state: oneOf('found', 'at-path', 'environment', 'commit', 'member', 'missing'),
  member_of: orNull(string),
  places: list(object({ kind: oneOf('file', 'url'), where: string, verified: boolean })),
  why: orNull(string),
})
const plannedStep = object({
  step,
  uid,
  kind: oneOf('run', 'build', 'get', 'put'),
  argv: list(string),
  cwd: string,
  commit: orNull(commit),
  duration_ms: orNull(number),
  complete: boolean,
  outputs: list(object({ ...path, size: orNull(natural), digests })),
})

/** What an artifact says of one that made it again. */
export const reproductionOf = object({
  receipt: { type: 'string', pattern: '^[0-9a-f]{32}$' },
  at: time,
  by: object({ user: string, hostname: string, os: string }),
  verdict: verdictWord,
  difference: orNull(string),
})

const summary = object({ uid, step, argv: list(string), dirty: boolean, commit: orNull(commit) })
const side = object({ ref: string, is: oneOf('job', 'artifact', 'session'), digest: orNull(string) })
const cause = object({
  kind: oneOf('command', 'data', 'code', 'package', 'variable', 'tree', 'machine'),
  what: string,
  a: orNull(string),
  b: orNull(string),
})
const divergence = object({
  a: summary,
  b: summary,
  explained: boolean,
  causes: list(cause),
  outputs: list(object({ ...path, a: orNull(string), b: orNull(string) })),
})

export const reproductionDocuments = {
  diff: [
    'Where two jobs, artifacts or sessions first went apart, and why.',
    {
      a: side,
      b: side,
      same: boolean,
      first: orNull(divergence),
      divergences: list(divergence),
      content: orNull(object({ path: string, verdict: verdictWord, difference: orNull(string) })),
      only_in_a: list(summary),
      only_in_b: list(summary),
    },
  ],
  receipt: [
    'Somebody made something again: who, where, and how well each output came out.',
    {
      id: string,
      made_at: time,
      by: object({ user: string, hostname: string, os: string, hardware: string, roar: string }),
      session: string,
      verdict: verdictWord,
      accept: verdictWord,
      holds: boolean,
      tolerance,
      substitutions: list(string),
      counts: object({
        ...Object.fromEntries(verdictWords.map((word) => [word, natural])),
        uncompared: {
          ...natural,
          description:
            'Of the different ones: by their digests alone. Their values were not compared, and may lie within the tolerance.',
        },
      }),
      outputs: list(judged),
    },
    ['counts'],
  ],
  reproduce: [
    'What would be done to make something again, and what is in the way.',
    {
      of: string,
      member: orNull(string),
      origin: string,
      session: string,
      ready: boolean,
      targets: list(object({ ...path, step })),
      repositories: list(string),
      commits: list(object({ commit, branch: orNull(string), steps: list(step) })),
      environments: list(
        object({
          kind: oneOf('python', 'conda', 'node'),
          version: orNull(string),
          at: orNull(string),
          packages: list(
            object({
              ecosystem: string,
              name: string,
              version: orNull(string),
              purl: string,
              repository: orNull(string),
            }),
          ),
          // Of the workspace, installed in place.
          projects: list(string),
          steps: list(step),
        }),
      ),
      steps: list(plannedStep),
      inputs: list(plannedInput),
      differences: list(object({ what: string, recorded: string, here: string, steps: list(step) })),
      withheld: list(object({ step, name: string, set_here: boolean })),
      notes: list(string),
      problems: list(problem),
    },
  ],
  verdict: [
    'How nearly something is, or came out as, what was recorded.',
    {
      of: string,
      member: orNull(string),
      by: oneOf('reproduce', 'verify'),
      verdict: verdictWord,
      accept: verdictWord,
      holds: boolean,
      tolerance,
      outputs: list(judged),
      intermediate: list(judged),
      first_divergence: orNull(step),
      steps: list(object({ step, recorded: uid, again: uid, duration_ms: number })),
      substitutions: list(string),
      directory: string,
      receipt: string,
      unverified: list(object({ ...path, step: orNull(step), reason: string })),
    },
    [
      ...['member', 'intermediate', 'first_divergence', 'steps', 'substitutions', 'directory', 'receipt', 'tolerance'],
      'unverified',
    ],
  ],
}
