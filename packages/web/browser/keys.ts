/** The drawing by keyboard. */
import type { Picture } from './picture.ts'

const stride = 0.12

const deeds: Readonly<Record<string, (picture: Picture) => void>> = {
  ArrowLeft: (picture) => picture.pan(-stride, 0),
  ArrowRight: (picture) => picture.pan(stride, 0),
  ArrowUp: (picture) => picture.pan(0, -stride),
  ArrowDown: (picture) => picture.pan(0, stride),
  '+': (picture) => picture.zoom(1.4),
  '=': (picture) => picture.zoom(1.4),
  '-': (picture) => picture.zoom(1 / 1.4),
  '0': (picture) => picture.fit(),
  Home: (picture) => picture.fit(),
  n: (picture) => picture.step(1),
  p: (picture) => picture.step(-1),
  Enter: (picture) => picture.open(),
}

export function listenToKeys(stage: HTMLElement, picture: Picture): void {
  stage.addEventListener('keydown', (event) => {
    // With a modifier a key is the browser's.
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const deed = deeds[event.key] ?? deeds[event.key.toLowerCase()]
    if (!deed) return
    event.preventDefault()
    deed(picture)
  })
}
