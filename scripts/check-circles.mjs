// Within a package, too, data flows one way: no source is imported by what it imports, not even for a type. What is loaded when it is needed does not count.
import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { root } from './packages.mjs'

const importsOf = (file) => {
  const found = readFileSync(file, 'utf8').matchAll(/^(?:import|export|\})[^'"\n]*from\s+'(\.[^']+)'/gm)
  return [...found].map(([, target]) => join(dirname(file), target))
}

/** The first circle that a walk from `file` meets; null: none. `done`: from where there is none. */
function circleFrom(file, path, done) {
  if (done.has(file)) return null
  const at = path.indexOf(file)
  if (at >= 0) return [...path.slice(at), file]
  for (const next of importsOf(file)) {
    const circle = circleFrom(next, [...path, file], done)
    if (circle !== null) return circle
  }
  done.add(file)
  return null
}

/** `files`: absolute. A line for each circle, once. */
export function checkCircles(files) {
  const done = new Set()
  return files.flatMap((file) => {
    const circle = circleFrom(file, [], done) ?? []
    for (const one of circle) done.add(one)
    return circle.length === 0 ? [] : [`${circle.map((one) => relative(root, one)).join(' → ')}: a circle`]
  })
}
