/** The graph as a picture. */
import type { DagNode } from '@roar/core'
import { visible } from '../escape.ts'
import { displayWidth } from '../width.ts'
import { nodeText } from './node-text.ts'
import type { Picture } from './picture.ts'
import { nodeHeight, type Place, type Point } from './place.ts'
import { places } from './places.ts'

const charWidth = 7

export async function svg(picture: Picture): Promise<string> {
  const { width, height, nodes, edges } = await places(picture, picture.nodes.map(widthOf))
  const shapes = picture.nodes.map((node, index) => nodeShape(node, nodes[index] as Place))
  return page(Math.ceil(width), Math.ceil(height), [...edges.map(edgeShape), ...shapes])
}

const widthOf = (node: DagNode): number => displayWidth(visible(nodeText(node))) * charWidth + 24

const style =
  'text{font:12px monospace;text-anchor:middle;fill:#222}.job{fill:#e8f0fe;stroke:#4a78c2}.artifact{fill:#fff;stroke:#888}' +
  '.stale{stroke:#d80;stroke-dasharray:4}.superseded{opacity:.5}path{fill:none;stroke:#888}'

const page = (width: number, height: number, shapes: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<style>${style}</style>
<defs><marker id="end" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" style="fill:#888"/></marker></defs>
${shapes.join('\n')}
</svg>
`

function nodeShape(node: DagNode, at: Place): string {
  const classes = [node.type, ...(node.stale ? ['stale'] : []), ...(node.superseded ? ['superseded'] : [])].join(' ')
  const corner = node.type === 'job' ? 3 : nodeHeight / 2
  const box = `<rect class="${classes}" x="${at.x - at.width / 2}" y="${at.y - nodeHeight / 2}" width="${at.width}" height="${nodeHeight}" rx="${corner}"/>`
  return `<g><title>${xml(node.id)}</title>${box}<text x="${at.x}" y="${at.y + 4}">${xml(nodeText(node))}</text></g>`
}

const edgeShape = (points: readonly Point[]): string =>
  `<path marker-end="url(#end)" d="${points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('')}"/>`

const round = (value: number): number => Math.round(value * 10) / 10

const xml = (text: string): string => visible(text).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
