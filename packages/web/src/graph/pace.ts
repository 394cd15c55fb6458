/** Long work in pieces, with the event loop's other work between them. */

/** Some 5 ms of work. */
const nodesAtOnce = 2000

export class Pace {
  #done = 0

  /** A turn for everybody else once so many nodes were worked on. */
  async after(nodes: number): Promise<void> {
    this.#done += nodes
    if (this.#done < nodesAtOnce) return
    this.#done = 0
    await new Promise((done) => setImmediate(done))
  }
}
