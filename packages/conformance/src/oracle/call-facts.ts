/** System calls as trace events: what each call means for content and names. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { accessBits as bit, renameKinds, type TraceEvent } from '@roar/trace-protocol'
import { type FileModel, type ModelFile, types } from './file-model.ts'
import type { ProcessMap } from './process-map.ts'
import { type Call, descriptorOf, stringOf } from './strace-line.ts'

type Handler = (facts: CallFacts, call: Call) => void
/** Argument numbers: of the descriptor, and of the length where a call of length 0 does nothing. */
const reads: Readonly<Record<string, number>> = { read: 2, pread64: 2, readv: -1, preadv: -1, preadv2: -1 }
const writes: Readonly<Record<string, number>> = { write: 2, pwrite64: 2, writev: -1, pwritev: -1, pwritev2: -1 }

export class CallFacts {
  readonly events: TraceEvent[] = []
  readonly files: FileModel
  readonly processes: ProcessMap
  /** Files that were opened for appending; strace does not print the mode at the write. */
  readonly #appending = new Set<string>()
  #sequence = 0

  constructor(files: FileModel, processes: ProcessMap) {
    this.files = files
    this.processes = processes
  }

  add(call: Call): void {
    this.processes.follow(call)
    if (!call.ok) return
    const { name, args, result } = call
    if (name in reads && args[reads[name] as number] !== '0') this.touch(call, args[0], bit.read)
    else if (name in writes && !/^0\b/.test(result)) this.touch(call, args[0], bit.written)
    else handlers[name]?.(this, call)
  }

  emit(call: Call, event: object): void {
    const { tid } = call
    const stamp = { size: 0n, mtimeNs: 0n, ctimeNs: 0n }
    const base = { sequence: ++this.#sequence, pid: this.processes.groupOf(tid), tid, flags: 0 }
    this.events.push({ ...base, ...stamp, ...event } as unknown as TraceEvent)
  }

  /** Content of a regular file in the scratch directory, by a descriptor as printed. */
  touch(call: Call, argument: string | undefined, access: number): void {
    const at = descriptorOf(argument)
    const file = at && this.files.at(at.path, at.deleted)
    if (!file || file.mode !== types.file) return
    const unnamed = at.deleted ? bit.unnamed : 0
    const appended = access === bit.written && this.#appending.has(at.path) ? bit.appended : 0
    this.emit(call, { type: 'file', ...identity(file), access: access | unnamed | appended, path: at.path })
  }

  /** A core dump, by the name that the cases ask for. */
  dumped(tid: number): void {
    const path = `${this.processes.cwdOf(tid)}/core`
    const file = this.files.make(path, types.file)
    this.emit({ ...noCall, tid }, { type: 'file', ...identity(file), access: bit.created | bit.written, path })
  }

  /** Before all others: a child may have done something before its parent's call has returned. */
  begin(): void {
    for (const pid of this.processes.all)
      this.emit({ ...noCall, tid: pid }, { type: 'fork', parent: this.processes.parentOf(pid) })
  }

  ended(pid: number, status: number): void {
    if (this.processes.groupOf(pid) === pid) this.emit({ ...noCall, tid: pid }, { type: 'exit', status })
  }

  noteOpen(call: Call, path: string, flags: string): void {
    this.processes.noteOpen(call.tid, Number.parseInt(call.result, 10), path)
    if (flags.includes('O_APPEND')) this.#appending.add(path)
  }

  /** fcntl(F_SETFL): all that it sets is set anew. */
  noteFlags(call: Call): void {
    const [descriptor, command, flags = ''] = call.args
    const at = descriptorOf(descriptor)
    if (!at || command !== 'F_SETFL') return
    if (flags.includes('O_APPEND')) this.#appending.add(at.path)
    else this.#appending.delete(at.path)
  }

  /** The path of a call's (directory descriptor, string) pair; index of the string. */
  path(call: Call, index: number, at?: number): string {
    const name = stringOf(call.args[index]) ?? ''
    const directory = at === undefined ? null : descriptorOf(call.args[at])
    return this.processes.resolve(call.tid, name, directory?.path ?? null)
  }
}

const noCall = { name: '', args: [], result: '', ok: true }

const identity = (file: ModelFile) => ({ dev: 1n, ino: file.ino, mode: file.mode })

function opened(facts: CallFacts, call: Call, flags: string, asked: string): void {
  const at = descriptorOf(call.result)
  if (!at || !facts.files.holds(at.path) || flags.includes('O_PATH')) return
  if (flags.includes('O_TMPFILE')) {
    const file = facts.files.makeNameless(at.path)
    facts.noteOpen(call, at.path, flags)
    facts.emit(call, { type: 'file', ...identity(file), access: bit.created | bit.unnamed, path: at.path })
    return
  }
  const before = facts.files.at(at.path, at.deleted)
  if (!before && flags.includes('O_CREAT')) {
    const file = facts.files.make(at.path, types.file)
    facts.emit(call, { type: 'file', ...identity(file), access: bit.created, path: at.path })
  } else if (flags.includes('O_TRUNC')) facts.touch(call, call.result, bit.truncated)
  const mode = /O_RDWR/.test(flags)
    ? bit.openedRead | bit.openedWrite
    : /O_WRONLY/.test(flags)
      ? bit.openedWrite
      : bit.openedRead
  facts.touch(call, call.result, mode)
  const file = facts.files.at(at.path)
  if (file && facts.files.at(asked)?.mode === types.symlink) {
    facts.emit(call, { type: 'name', dev: 1n, ino: file.ino, path: asked, target: at.path })
  }
  facts.noteOpen(call, at.path, flags)
}

function mapped(facts: CallFacts, call: Call, argument: string | undefined, protection: string, shared: boolean): void {
  if (protection.includes('PROT_READ')) facts.touch(call, argument, bit.read | bit.mapped)
  if (shared && protection.includes('PROT_WRITE')) facts.touch(call, argument, bit.mayWrite)
}

function renamed(facts: CallFacts, call: Call, from: string, to: string, flags = ''): void {
  const { files } = facts
  const file = files.at(from)
  if (!file) return
  const replaced = files.at(to)
  if (replaced === file) return
  const exchange = flags.includes('RENAME_EXCHANGE')
  const whiteOut = flags.includes('RENAME_WHITEOUT')
  const kind = exchange ? renameKinds.exchange : whiteOut ? renameKinds.whiteout : renameKinds.plain
  facts.emit(call, {
    type: 'rename',
    ...identity(file),
    kind,
    replacedDev: replaced ? 1n : 0n,
    replacedIno: replaced?.ino ?? 0n,
    replacedMode: replaced?.mode ?? 0,
    from,
    to,
  })
  if (exchange && replaced) {
    files.move(to, `${to}//`)
    files.move(from, to)
    files.move(`${to}//`, from)
    return
  }
  if (replaced) files.remove(to)
  files.move(from, to)
  if (whiteOut) files.make(from, types.other)
}

function linked(facts: CallFacts, call: Call, from: string, to: string): void {
  // The name may be /proc/self/fd/N, or empty beside a descriptor.
  const at = descriptorOf(call.args[0])
  const behind = facts.processes.behindProc(call.tid, from) ?? (stringOf(call.args[1]) === '' ? at?.path : from) ?? from
  const file = facts.files.at(behind) ?? facts.files.at(behind, true)
  if (!file || !facts.files.holds(to)) return
  facts.emit(call, { type: 'link', ...identity(file), from: behind, to })
  facts.files.link(to, file)
}

function removed(facts: CallFacts, call: Call, path: string): void {
  const file = facts.files.remove(path)
  if (file && facts.files.holds(path)) facts.emit(call, { type: 'unlink', ...identity(file), links: file.links, path })
}

function symlinked(facts: CallFacts, call: Call, path: string): void {
  if (!facts.files.holds(path)) return
  const target = stringOf(call.args[0]) ?? ''
  facts.files.make(path, types.symlink, target)
  facts.emit(call, { type: 'symlink', target, path })
}

function truncatedByPath(facts: CallFacts, call: Call): void {
  const path = facts.path(call, 0)
  facts.touch(call, `0<${path}>`, bit.written)
}

function executed(facts: CallFacts, call: Call, path: string): void {
  const { tid } = call
  facts.emit(call, {
    type: 'exec',
    parent: facts.processes.parentOf(tid),
    dev: 0n,
    ino: 0n,
    executable: path,
    interpreter: '',
    cwd: facts.processes.cwdOf(tid),
    argv: '',
  })
  facts.touch(call, `0<${path}>`, bit.read | bit.executed)
  for (const script of interpreterScripts(path, facts.processes.cwdOf(tid))) facts.touch(call, `0<${script}>`, bit.read)
}

/** The kernel reads them itself: they are no calls, so the file is asked. */
function interpreterScripts(path: string, cwd: string): string[] {
  const found: string[] = []
  for (let next = interpreterOf(path); next !== null && found.length < 5; next = interpreterOf(found.at(-1) as string))
    found.push(resolve(cwd, next))
  return found
}

function interpreterOf(path: string): string | null {
  try {
    return /^#![ \t]*([^ \t\n]+)/.exec(readFileSync(path, 'latin1'))?.[1] ?? null
  } catch {
    return null
  }
}

function submitted(facts: CallFacts, call: Call): void {
  for (const [, kind, at] of (call.args[2] ?? '').matchAll(/IOCB_CMD_(PREAD|PWRITE)\w*.*?aio_fildes=(\d+<[^>]*>)/g)) {
    facts.touch(call, at, kind === 'PREAD' ? bit.read : bit.written)
  }
}

/** Copies inside the kernel: source and destination argument. Nothing moved, nothing written; a source asked for bytes was read. */
const copied =
  (from: number, to: number): Handler =>
  (facts, call) => {
    facts.touch(call, call.args[from], bit.read)
    if (!/^0\b/.test(call.result)) facts.touch(call, call.args[to], bit.written)
  }

function cloned(facts: CallFacts, call: Call): void {
  if (!/FICLONE|BTRFS_IOC_CLONE/.test(call.args[1] ?? '')) return
  facts.touch(call, /\d+<[^>]*>/.exec(call.args[2] ?? '')?.[0], bit.read)
  facts.touch(call, call.args[0], bit.written)
}

const written: Handler = (facts, call) => facts.touch(call, call.args[0], bit.written)
const madeDirectory = (facts: CallFacts, call: Call, path: string) => {
  if (!facts.files.holds(path)) return
  facts.files.make(path, types.directory)
  facts.emit(call, { type: 'mkdir', path })
}
const madeNode = (facts: CallFacts, call: Call, path: string, mode: string) => {
  const file = facts.files.make(path, /S_IFREG/.test(mode) || !/S_IF/.test(mode) ? types.file : types.other)
  if (file.mode === types.file) facts.emit(call, { type: 'file', ...identity(file), access: bit.created, path })
}

const handlers: Readonly<Record<string, Handler>> = {
  open: (facts, call) => opened(facts, call, call.args[1] ?? '', facts.path(call, 0)),
  creat: (facts, call) => opened(facts, call, 'O_WRONLY|O_CREAT|O_TRUNC', facts.path(call, 0)),
  openat: (facts, call) => opened(facts, call, call.args[2] ?? '', facts.path(call, 1, 0)),
  openat2: (facts, call) => opened(facts, call, call.args[2] ?? '', facts.path(call, 1, 0)),
  open_by_handle_at: (facts, call) => opened(facts, call, call.args[2] ?? '', ''),
  mmap: (facts, call) => {
    const [, length, protection = '', flags = '', file] = call.args
    const shared = flags.includes('MAP_SHARED')
    if (file?.includes('<')) facts.processes.noteMapping(call.tid, call.result, Number(length), file, shared)
    mapped(facts, call, file, protection, shared)
  },
  mprotect: (facts, call) => {
    const region = facts.processes.mappingAt(call.tid, call.args[0] ?? '')
    if (region) mapped(facts, call, region.file, call.args[2] ?? '', region.shared)
  },
  pkey_mprotect: (facts, call) => handlers.mprotect?.(facts, call),
  copy_file_range: copied(0, 2),
  splice: copied(0, 2),
  sendfile: copied(1, 0),
  ioctl: cloned,
  fcntl: (facts, call) => facts.noteFlags(call),
  ftruncate: written,
  fallocate: written,
  truncate: truncatedByPath,
  io_submit: submitted,
  rename: (facts, call) => renamed(facts, call, facts.path(call, 0), facts.path(call, 1)),
  renameat: (facts, call) => renamed(facts, call, facts.path(call, 1, 0), facts.path(call, 3, 2)),
  renameat2: (facts, call) => renamed(facts, call, facts.path(call, 1, 0), facts.path(call, 3, 2), call.args[4]),
  link: (facts, call) => linked(facts, call, facts.path(call, 0), facts.path(call, 1)),
  linkat: (facts, call) => linked(facts, call, facts.path(call, 1, 0), facts.path(call, 3, 2)),
  symlink: (facts, call) => symlinked(facts, call, facts.path(call, 1)),
  symlinkat: (facts, call) => symlinked(facts, call, facts.path(call, 2, 1)),
  unlink: (facts, call) => removed(facts, call, facts.path(call, 0)),
  rmdir: (facts, call) => removed(facts, call, facts.path(call, 0)),
  unlinkat: (facts, call) => removed(facts, call, facts.path(call, 1, 0)),
  mkdir: (facts, call) => madeDirectory(facts, call, facts.path(call, 0)),
  mkdirat: (facts, call) => madeDirectory(facts, call, facts.path(call, 1, 0)),
  mknod: (facts, call) => madeNode(facts, call, facts.path(call, 0), call.args[1] ?? ''),
  mknodat: (facts, call) => madeNode(facts, call, facts.path(call, 1, 0), call.args[2] ?? ''),
  execve: (facts, call) => executed(facts, call, facts.path(call, 0)),
  execveat: (facts, call) =>
    executed(facts, call, stringOf(call.args[1]) ? facts.path(call, 1, 0) : (descriptorOf(call.args[0])?.path ?? '')),
}

export const tracedCalls: readonly string[] = [
  ...Object.keys(reads),
  ...Object.keys(writes),
  ...Object.keys(handlers),
  ...['chdir', 'fchdir', 'chroot', 'clone', 'clone3', 'fork', 'vfork', 'close', 'dup', 'dup2', 'dup3', 'unshare'],
]
