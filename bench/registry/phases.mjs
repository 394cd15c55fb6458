// Says on standard error how far a measurement has come.

/** `phase(words)` says what has begun, and how long the one before took; null ends the last. */
export function phases(name) {
  let last = null
  return (words) => {
    const now = performance.now()
    if (last) process.stderr.write(`${name}: ${last.words} took ${((now - last.at) / 1000).toFixed(1)} s\n`)
    last = words === null ? null : { words, at: now }
  }
}

/** Every tenth of a filling. */
export function counted(artifacts, phase) {
  let tenth = 0
  return (done) => {
    if (Math.floor((done * 10) / artifacts) === tenth) return
    tenth = Math.floor((done * 10) / artifacts)
    phase(tenth < 10 ? `filling on from ${tenth}0 %` : 'the end of filling')
  }
}
