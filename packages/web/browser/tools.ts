/** The buttons and the field above the drawing. */
import type { Drawing } from '../src/graph/drawn.ts'
import type { Picture } from './picture.ts'

/** A list of more would be slower to open than to type in. */
const mostNames = 2000

export function connectTools(section: HTMLElement, picture: Picture, drawing: Drawing): void {
  const does: Readonly<Record<string, () => void>> = {
    in: () => picture.zoom(1.6),
    out: () => picture.zoom(1 / 1.6),
    fit: () => picture.fit(),
  }
  for (const button of section.querySelectorAll<HTMLButtonElement>('button[data-do]'))
    button.addEventListener('click', () => does[button.dataset.do ?? '']?.())
  const status = section.querySelector('#status')
  picture.onNode((node) => {
    if (status) status.textContent = drawing.labels[node] ?? ''
  })
  const field = section.querySelector<HTMLInputElement>('#goto')
  if (field) find(field, section.querySelector('#names'), picture, drawing)
}

function find(field: HTMLInputElement, names: Element | null, picture: Picture, { labels }: Drawing): void {
  for (const label of labels.slice(0, mostNames)) {
    const option = document.createElement('option')
    option.value = label
    names?.append(option)
  }
  field.addEventListener('change', () => {
    const words = field.value.toLowerCase()
    const node = words === '' ? -1 : labels.findIndex((label) => label.toLowerCase().includes(words))
    if (node >= 0) picture.goTo(node)
  })
}
