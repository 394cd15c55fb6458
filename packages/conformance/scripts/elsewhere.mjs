// Agreed situations that need more than one program's run, and are tests of their own.
const ofRuns = 'packages/cli/test/load.test.ts'

export const elsewhere = {
  'load-02': { title: '200,000 files are 200,000 facts', test: 'packages/tracer-preload/test/load.test.ts' },
  'load-03': { title: 'a log that is too small is told with the number of facts lost', test: ofRuns },
  'load-04': { title: 'two runs of one program at the same time', test: ofRuns },
  'load-05': { title: 'a file system without room for the log', test: ofRuns },
  'load-06': {
    title: 'a recorder that is killed in mid-job leaves the command unharmed and the record marked as interrupted',
    test: 'packages/cli/test/killed.test.ts',
  },
  'load-07': { title: 'a run inside a run', test: ofRuns },
  'load-08': { title: 'a job that does nothing costs nothing', test: ofRuns },
  'load-09': { title: 'a program that is none of the job’s', test: ofRuns },
}
