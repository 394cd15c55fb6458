/** A large model is written as `model-00001-of-00004.safetensors`, … with an index beside them that names its shards: one artifact. */
const shard = /^(.+)-\d{5}-of-(\d{5})\.safetensors$/
const index = /^(.+)\.safetensors\.index\.json$/

/** @type {import('@roar/core').DetectorFactory} */
export const createDetector = () => ({
  name: 'safetensors',
  detect({ path }, probe) {
    const root = path.slice(0, path.lastIndexOf('/'))
    const name = path.slice(root.length + 1)
    const model = (shard.exec(name) ?? index.exec(name))?.[1]
    if (model === undefined) return null
    const shards = shardsOf(probe.text(`${root}/${model}.safetensors.index.json`))
    // Without an index nobody says that these files belong together.
    if (shards === null) return null
    return {
      is: 'composite',
      root,
      format: 'safetensors',
      complete: shards.every((one) => probe.exists(`${root}/${one}`)),
    }
  },
})

/** https://huggingface.co/docs/safetensors: `weight_map` gives the shard of each tensor. */
function shardsOf(text) {
  try {
    return [...new Set(Object.values(JSON.parse(text).weight_map))]
  } catch {
    return null
  }
}
