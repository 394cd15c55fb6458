// Required by a recorder that the launcher has started (`node --require`): adds what it has compiled to V8's code caches of the bundles, just before its farewell,
// since the launcher ends it then. See make-caches.mjs.
const fs = require('node:fs')
const { join } = require('node:path')
const vm = require('node:vm')

const scripts = new Map()
const { Script } = vm
vm.Script = class extends Script {
  constructor(text, options) {
    super(text, options)
    if (options.cachedData && !this.cachedDataRejected) scripts.set(options.filename, this)
  }
}

// V8 refuses a cache made under other flags, and a recorder that spares memory sets some.
require('node:v8').setFlagsFromString = () => undefined
process.memoryUsage = () => ({ heapUsed: 0 })

/** A script is named by its package, wherever that lies. */
const packages = join(__dirname, '../..')
const fileOf = (name) => join(packages, name.replace('@roar/', ''))

const { writeSync } = fs
const channel = Number(process.env.ROAR_LAUNCHER_FD)
const isFarewell = (fd, bytes) => fd === channel && bytes.length === 4 && bytes.every((byte) => byte === 0)
fs.writeSync = (fd, bytes, ...rest) => {
  if (isFarewell(fd, bytes))
    for (const [filename, script] of scripts) fs.writeFileSync(`${fileOf(filename)}.cache`, script.createCachedData())
  return writeSync(fd, bytes, ...rest)
}
