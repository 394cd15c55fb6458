/** Copies the members of a composite, and nothing that lies beside them. */
import { constants, copyFileSync, mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { dirname } from 'node:path'
import { type BytePath, toFsPath } from '@roar/core'
import type { CompositeAt } from '../room.ts'

/** `name`: the composite's at its new place: a directory, or a set with `*` in its last part. */
export function copyComposite(from: CompositeAt, name: BytePath): void {
  const root = rootOf(name)
  for (const { path, type } of from.members()) {
    const source = toFsPath(`${from.root}/${path}` as BytePath)
    const target = toFsPath(`${root}/${path}` as BytePath)
    mkdirSync(dirname(target.toString()), { recursive: true })
    rmSync(target, { force: true })
    if (type === 'link') symlinkSync(readlinkSync(source, 'buffer'), target)
    else copyFileSync(source, target, constants.COPYFILE_FICLONE)
  }
}

const rootOf = (name: BytePath): BytePath =>
  name.slice(name.lastIndexOf('/') + 1).includes('*') ? (name.slice(0, name.lastIndexOf('/')) as BytePath) : name
