/** The stages of one suite: the common one, and one on a disk with reflinks for the cases that need it. Each is made when it is first asked for. */
import type { CaseFile } from './case-file.ts'
import { type Disk, reflinkDisk } from './reflink-disk.ts'
import { Stage } from './setting.ts'

export class Stages {
  #plain: Stage | null = null
  #disk: Disk | string | null = null
  #reflinks: Stage | null = null

  /** Where the case is played, or what this machine lacks for it. */
  for(one: CaseFile): Stage | string {
    if (!one.needs.includes('reflinks')) {
      this.#plain ??= new Stage()
      return this.#plain
    }
    this.#disk ??= reflinkDisk()
    if (typeof this.#disk === 'string') return this.#disk
    this.#reflinks ??= new Stage(this.#disk.directory)
    return this.#reflinks
  }

  close(): void {
    this.#plain?.close()
    this.#reflinks?.close()
    if (typeof this.#disk === 'object') this.#disk?.close()
  }
}
