/** Gives the daemon's file the capabilities that it needs, or takes them back: for all users of this machine, so only root may. */
import { execFile } from 'node:child_process'
import { RoarError } from '@roar/core'
import { programPath } from './programs.ts'

export async function changeRights(word: '--enable' | '--disable'): Promise<void> {
  const path = programPath('roard')
  if (!path) throw refused('the eBPF tracer was not built', ['make -C packages/tracer-ebpf/native'])
  const said = await new Promise<string>((done) =>
    execFile(path, [word], (error, _out, text) => done(error ? text : '')),
  )
  if (said)
    throw refused(said.trim(), [
      'run it as root: sudo roar tracer enable ebpf',
      'or start the daemon as root: sudo roard',
    ])
}

const refused = (cause: string, remedy: string[]): RoarError =>
  new RoarError('ROAR_TRACER_ENABLE', 'the rights of the eBPF daemon cannot be changed', { cause, remedy })
