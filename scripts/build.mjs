// `npm run build`: everything that is published, type declarations included.
import { main, setup } from './setup.mjs'

await main(() => setup({ types: true }))
