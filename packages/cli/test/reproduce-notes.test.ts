/** What a reproduction may lack is said before it runs. */
import { afterEach, expect, it } from 'vitest'
import { leave, project } from './two-machines.ts'

afterEach(leave)

it('That a step read credentials is said: no record has them', () => {
  const workspace = project({ 'job.sh': '. ./.env; mkdir -p out; echo "$KIND" > out/kind\n' })
  workspace.write('.env', 'KIND=large\n').shell('printf ".env\\n" >> .git/info/exclude')
  workspace.must('run', '-q', 'sh', 'job.sh')
  expect(JSON.parse(workspace.must('reproduce', 'out/kind', '--json').out).notes).toContain(
    '@1 read a file with credentials, such as .env: no record has them.',
  )
})
