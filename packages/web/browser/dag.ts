/** The page's script: fetches the drawing that the server has laid out, and makes it pannable. Without it the list says the same. */
import type { Drawing } from '../src/graph/drawn.ts'
import { listenToKeys } from './keys.ts'
import { Picture } from './picture.ts'
import { connectTools } from './tools.ts'

async function begin(): Promise<void> {
  const section = document.getElementById('drawing')
  const stage = document.getElementById('stage')
  const source = section?.dataset.source
  if (!section || !stage || !source) return
  const answer = await fetch(source, { headers: { accept: 'application/json' } })
  if (!answer.ok) {
    // Said where the drawing would be: the server draws too many others.
    section.replaceChildren(Object.assign(document.createElement('p'), { textContent: await reasonOf(answer) }))
    section.hidden = false
    return
  }
  const drawing = (await answer.json()) as Drawing
  if (drawing.x.length === 0) return
  section.hidden = false
  const picture = new Picture(stage, drawing)
  connectTools(section, picture, drawing)
  listenToKeys(stage, picture)
  // For whoever measures it.
  section.dataset.drawn = String(drawing.x.length)
  Object.assign(window, { roarPicture: picture })
}

const reasonOf = async (answer: Response): Promise<string> =>
  answer.status === 503
    ? ((await answer.json()) as { error: string }).error
    : `The drawing could not be made (${answer.status}).`

await begin()
