export { recoverByLog } from './recover.ts'
export { type LogRun, logPath, traceByLog } from './trace.ts'
