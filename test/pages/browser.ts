/** A real Chromium for the tests of pages, its accessibility checker, and where its pictures are kept. */
import { existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Null: the tests are skipped, and say so. */
export const chromiumAt: string | null =
  [process.env.CHROMIUM, ...places].find((path) => path !== undefined && existsSync(path)) ?? null

export const missing = 'Chromium is not installed: apt-get install chromium'

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumAt as string,
    // Its sandbox refuses to start as root, which tests in a container are.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })

/** A page that fails the test for whatever goes wrong in it, the Content-Security-Policy included. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    // A page that is not there is what some tests ask for.
    if (message.type() === 'error' && !message.text().includes('status of 4')) faults.push(message.text())
  })
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url())
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') faults.push(`asks elsewhere: ${request.url()}`)
  })
  return { page, faults }
}

const axe = createRequire(import.meta.url).resolve('axe-core')

/** One line a violation. */
export async function inaccessible(page: Page): Promise<string[]> {
  // Through the debugger: the page's own policy would not let it in.
  await page.evaluate(await source())
  const violations = await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations.map((one) => ({ id: one.id, help: one.help, where: one.nodes.map((node) => node.html) })))",
  )
  return (violations as { id: string; help: string; where: string[] }[]).map(
    ({ id, help, where }) => `${id}: ${help}: ${where.slice(0, 3).join(' | ').slice(0, 400)}`,
  )
}

let axeSource: Promise<string> | null = null
const source = (): Promise<string> => {
  axeSource ??= import('node:fs/promises').then(({ readFile }) => readFile(axe, 'utf8'))
  return axeSource
}

const pictures = join(dirname(fileURLToPath(import.meta.url)), 'screenshots')

export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`) })
}
