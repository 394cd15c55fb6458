// Builds the addon with cargo: native/build/<platform>/roar-blake3.node. Without cargo the package works on WebAssembly, at an eighth of the speed.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const native = join(dirname(dirname(fileURLToPath(import.meta.url))), 'native')
const made = spawnSync('cargo', ['build', '--release', '--locked', '--quiet'], { cwd: native, stdio: 'inherit' })
if (made.error?.code === 'ENOENT') {
  console.error('hash-blake3: cargo is not installed; hashing falls back to WebAssembly (https://rustup.rs)')
  process.exit(3)
}
if (made.status !== 0) process.exit(1)
const library = process.platform === 'darwin' ? 'libroar_blake3.dylib' : 'libroar_blake3.so'
const target = join(native, 'build', `${process.platform}-${process.arch}`)
mkdirSync(target, { recursive: true })
// Renamed into place: a process that has the old one loaded keeps it.
copyFileSync(join(native, 'target', 'release', library), join(target, 'roar-blake3.node.new'))
renameSync(join(target, 'roar-blake3.node.new'), join(target, 'roar-blake3.node'))
