/** The pages in a real browser: a registry's, a workspace's, and a graph of 20,000 nodes. Pictures are kept in screenshots/. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { schemaErrors } from '../../packages/cli/test/schemas.ts'
import { roarBin, TestWorkspace } from '../../packages/cli/test/workspace.ts'
import { place, type TestRegistry } from '../../packages/registry/test/workbench.ts'
import { chromiumAt, inaccessible, keepPicture, launch, missing, openPage } from './browser.ts'
import { hostileModel, publishHostile, script } from './hostile-lineage.ts'
import { largeGraph, serveGraph } from './large-graph.ts'

const drawn = '#drawing[data-drawn]'

if (chromiumAt === null)
  describe('The pages in a browser', () => {
    it('are looked at', (context) => context.skip(missing))
  })

describe.runIf(chromiumAt !== null)('The pages in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  describe('of a registry', () => {
    const sqlite = place(async () => undefined)
    let registry: TestRegistry
    let base: string
    let addresses: Record<string, string>
    beforeAll(async () => {
      registry = await sqlite.registry()
      base = await registry.app.listen({ host: '127.0.0.1', port: 0 })
      const { hash, job } = await publishHostile(registry)
      addresses = {
        home: '/',
        search: '/search?q=python',
        artifact: `/artifact/${hostileModel}`,
        job: `/job/${job}`,
        graph: `/dag/${hash}`,
        comparison: `/compare?a=${hash}&b=${hostileModel}`,
        absent: `/artifact/${'0'.repeat(64)}`,
        login: '/login',
      }
    })

    for (const colorScheme of ['light', 'dark'] as const)
      it(`are accessible in ${colorScheme}, ask nothing of elsewhere, and show hostile names as they are`, async () => {
        const { page, faults } = await openPage(browser, { colorScheme })
        for (const [name, address] of Object.entries(addresses)) {
          await page.goto(base + address)
          if (name === 'graph') await page.waitForSelector(drawn)
          expect(await inaccessible(page), name).toEqual([])
          await keepPicture(page, `registry-${name}-${colorScheme}`)
        }
        await page.goto(base + (addresses.job as string))
        const text = await page.textContent('main')
        for (const name of [script, '\\n', '\\u202e', '\\xe9\\xff']) expect(text).toContain(name)
        expect(await page.locator('main img, main script, a[href^="javascript:"]').count()).toBe(0)
        expect(faults).toEqual([])
        await page.context().close()
      })

    it.each([320, 360, 768])(
      'break no name letter by letter in a window of %i pixels: what is too wide scrolls',
      async (width) => {
        const { page, faults } = await openPage(browser, { viewport: { width, height: 800 } })
        for (const name of ['home', 'search', 'artifact', 'job', 'graph']) {
          await page.goto(base + addresses[name])
          const crushed = await page.evaluate(`[...document.querySelectorAll('td')].filter((cell) => {
          const text = document.createRange()
          text.selectNodeContents(cell)
          const lines = text.getBoundingClientRect().height / 22
          return lines > 3 && cell.textContent.length / lines < 5
        }).map((cell) => cell.textContent)`)
          await keepPicture(page, `registry-${name}-${width}`)
          expect(crushed, name).toEqual([])
          expect(await page.evaluate('document.documentElement.scrollWidth'), name).toBeLessThanOrEqual(width)
        }
        expect(faults).toEqual([])
        await page.context().close()
      },
    )

    it('say the same without JavaScript', async () => {
      const { page } = await openPage(browser, { javaScriptEnabled: false })
      await page.goto(base + (addresses.graph as string))
      expect(await page.locator('#drawing').isVisible()).toBe(false)
      expect(await page.textContent('table')).toContain(script)
      await page.getByRole('link', { name: '@1' }).first().click()
      expect(await page.textContent('h1')).toContain('Job @1')
      await page.getByRole('searchbox', { name: 'Search' }).fill(hostileModel.slice(0, 12))
      await page.getByRole('button', { name: 'Search' }).click()
      await page.locator('main td a').first().click()
      expect(page.url()).toContain(hostileModel)
      await page.context().close()
    })

    it('are used by keyboard alone: to the content, to a graph, through it, into a job', async () => {
      const { page, faults } = await openPage(browser)
      await page.goto(base + (addresses.graph as string))
      await page.waitForSelector(drawn)
      await page.keyboard.press('Tab')
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content')
      await page.keyboard.press('Enter')
      expect(await page.evaluate('document.activeElement.id')).toBe('content')
      for (let presses = 0; presses < 20 && (await focused(page)) !== 'stage'; presses++)
        await page.keyboard.press('Tab')
      expect(await focused(page)).toBe('stage')
      for (const key of ['ArrowRight', '+', '-', '0', 'n']) await page.keyboard.press(key)
      expect(await page.textContent('#status')).toContain('@1')
      await page.keyboard.press('Enter')
      await page.waitForURL('**/job/*')
      expect(faults).toEqual([])
      await page.context().close()
    })

    it('let a person sign in, make a token and sign out', async () => {
      await registry.account('ada')
      const { page, faults } = await openPage(browser)
      await page.goto(`${base}/login`)
      await page.getByLabel('Account').fill('ada')
      await page.getByLabel('Password').fill('password of ada')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByLabel('Name').first().waitFor()
      expect(await inaccessible(page)).toEqual([])
      const form = page.locator('form[action="/account/tokens"]')
      await form.getByLabel('Name').fill(script)
      await form.getByLabel('read').check()
      await form.getByRole('button').click()
      expect(await page.textContent('main')).toMatch(/roar_api_[\w-]{43}/)
      expect(await page.textContent('table:has-text("Rights")')).toContain(script)
      await keepPicture(page, 'registry-account')
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.goto(`${base}/account`)
      expect(page.url()).toBe(`${base}/login`)
      expect(faults).toEqual([])
      await page.context().close()
    })
  })

  describe('of a graph with 20,000 nodes', () => {
    let server: Server
    let url: string
    beforeAll(async () => {
      const served = await serveGraph(largeGraph(20_000))
      server = served.server
      url = served.url
    })
    afterAll(() => void server?.close())

    it('are drawn, and move with the pointer, the wheel and the keys', async () => {
      const { page, faults } = await openPage(browser)
      const began = performance.now()
      await page.goto(`${url}/dag/large`)
      await page.waitForSelector('#drawing[data-drawn="20000"]')
      console.log(`20,000 nodes: drawn after ${Math.round(performance.now() - began)} ms`)
      await keepPicture(page, 'large-whole')
      const far = await framesWhileDragging(page)
      await page.getByLabel('Go to', { exact: true }).fill('step.py 1000')
      await page.getByLabel('Go to', { exact: true }).press('Enter')
      expect(await page.textContent('#status')).toContain('@1000')
      await keepPicture(page, 'large-near')
      const near = await framesWhileDragging(page)
      console.log(`20,000 nodes: frames a second while dragging: ${far} from afar, ${near} from near`)
      expect(await ink(page)).toBeGreaterThan(1000)
      expect(faults).toEqual([])
      await page.context().close()
    })

    it('are drawn with fewer lines while they move from half near, and with all of them at rest', async () => {
      const { page } = await openPage(browser)
      await page.goto(`${url}/dag/large`)
      await page.waitForSelector('#drawing[data-drawn="20000"]')
      await page.evaluate(`{
        window.lines = []
        const { stroke, clearRect } = CanvasRenderingContext2D.prototype
        CanvasRenderingContext2D.prototype.clearRect = function (...box) { window.lines.push(0); clearRect.apply(this, box) }
        CanvasRenderingContext2D.prototype.stroke = function () { window.lines[window.lines.length - 1]++; stroke.call(this) }
      }`)
      const painted = async () => (await page.evaluate('window.lines.splice(0)')) as number[]
      const last = async () => ((await page.evaluate('window.lines')) as number[]).at(-1) ?? 0
      for (let times = 0; times < 9 && (await last()) <= 1000; times++) {
        await page.getByLabel('Zoom in').click()
        await page.waitForTimeout(300)
      }
      expect(await last()).toBeGreaterThan(1000)
      await painted()
      const box = await page.locator('#stage').boundingBox()
      await page.mouse.move((box?.x ?? 0) + 300, (box?.y ?? 0) + 100)
      await page.mouse.down()
      for (let step = 0; step < 40; step++) await page.mouse.move((box?.x ?? 0) + 300 + step, (box?.y ?? 0) + 100)
      const moving = await painted()
      expect(moving.length).toBeGreaterThan(1)
      // A frame whose movement was over before it was painted is one of those at rest.
      expect(Math.min(...moving)).toBeGreaterThan(100)
      expect(moving.filter((lines) => lines > 1000).length).toBeLessThanOrEqual(1)
      await page.mouse.up()
      await expect.poll(last).toBeGreaterThan(1000)
      await page.context().close()
    })
  })

  describe('of roar ui', () => {
    const workspace = new TestWorkspace()
    const opened = () => join(workspace.place, 'opened')
    let ui: ChildProcess
    let address: string
    beforeAll(async () => {
      workspace.write('raw', 'x').commit()
      workspace.must('run', '-q', 'sh', '-c', 'cat raw > clean; printf y > "$(printf \'bad\\377name\')"')
      workspace.commit().must('run', '-q', 'cp', 'clean', script.replace('/', '_'))
      const browserProgram = join(workspace.place, 'browser')
      writeFileSync(browserProgram, `#!/bin/sh\nstat -c %a "$1" > ${opened()}\ncat "$1" >> ${opened()}\n`, {
        mode: 0o755,
      })
      const env = { ...workspace.env, BROWSER: browserProgram }
      ui = spawn(roarBin, ['ui', '--json'], { cwd: workspace.root, env })
      const document = await firstDocument(ui)
      expect(schemaErrors(document)).toEqual([])
      address = document.url
    })
    afterAll(async () => {
      if (ui?.exitCode === null) ui.kill('SIGKILL')
      workspace.remove()
    })

    it('open once, for one browser, under one name', async () => {
      const base = new URL(address).origin
      expect((await fetch(`${base}/`)).status).toBe(401)
      expect((await fetch(`${base}/enter?token=guess`)).status).toBe(401)
      // What looks where a link leads does not use it up.
      expect((await fetch(address, { method: 'HEAD' })).status).toBe(401)
      const { page, faults } = await openPage(browser)
      await page.goto(address)
      expect(page.url()).toBe(`${base}/`)
      expect((await fetch(address)).status).toBe(401)
      const [cookie] = await page.context().cookies()
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
      const headers = { cookie: `${cookie?.name}=${cookie?.value}` }
      expect((await fetch(`${base}/`, { headers })).status).toBe(200)
      const again = await fetch(address, { headers, redirect: 'manual' })
      expect([again.status, again.headers.get('location')]).toEqual([303, '/'])
      expect((await fetch(`${base}/`, { headers, method: 'POST' })).status).toBe(405)
      expect(await statusUnder('evil.example', base, headers)).toBe(421)
      await look(page)
      expect(faults).toEqual([])
      await page.context().close()
    })

    it('are opened in the browser by a file that nobody else can read: a command line can be read by all', async () => {
      await expect.poll(() => existsSync(opened()) && readFileSync(opened(), 'utf8')).toContain(address)
      expect(readFileSync(opened(), 'utf8')).toMatch(/^600\n/)
    })

    it('end with Ctrl-C', async () => {
      const ended = new Promise((done) => ui.once('exit', (code) => done(code)))
      ui.kill('SIGINT')
      expect(await ended).toBe(0)
      expect(workspace.roar('ui', '--port', 'x').code).toBe(2)
    })
  })
})

/** From the session to a job to a file, as a person goes. */
async function look(page: Page): Promise<void> {
  await page.locator('main td a').first().click()
  await page.waitForSelector(drawn)
  await keepPicture(page, 'ui-graph')
  expect(await inaccessible(page)).toEqual([])
  await page.locator('table a').first().click()
  const job = await page.textContent('main')
  for (const words of ['cat raw', 'bad\\xffname', 'Coverage', 'Environment']) expect(job).toContain(words)
  expect(await inaccessible(page)).toEqual([])
  await keepPicture(page, 'ui-job')
  await page
    .getByRole('row', { name: /^clean/ })
    .getByRole('link')
    .first()
    .click()
  // Named after its newest use: the content has two names by now.
  expect(await page.textContent('h1')).toBe('<script>alert(1)<_script>')
  for (const words of ['roar reproduce', 'clean', '@2']) expect(await page.textContent('main')).toContain(words)
  expect(await inaccessible(page)).toEqual([])
}

const focused = (page: Page) => page.evaluate('document.activeElement.id')

/** Drags for a second and a half, as fast as events come. */
async function framesWhileDragging(page: Page): Promise<number> {
  const box = await page.locator('#stage').boundingBox()
  if (!box) throw new Error('no stage')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  const began = performance.now()
  const before = Number(await page.evaluate('roarPicture.frames'))
  for (let step = 0; performance.now() - began < 1500; step++)
    await page.mouse.move(x + 200 * Math.sin(step / 20), y + 100 * Math.cos(step / 20))
  const frames = Number(await page.evaluate('roarPicture.frames')) - before
  const seconds = (performance.now() - began) / 1000
  await page.mouse.up()
  await page.mouse.wheel(0, -100)
  expect(frames).toBeGreaterThan(1)
  return Math.round(frames / seconds)
}

/** Pixels of the drawing that are not empty. */
const ink = async (page: Page): Promise<number> =>
  Number(
    await page.evaluate(
      "(() => { const canvas = document.querySelector('#stage canvas'); const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height); let ink = 0; for (let at = 3; at < data.length; at += 4) if (data[at] > 0) ink++; return ink })()",
    ),
  )

async function firstDocument(child: ChildProcess): Promise<{ schema: string; url: string }> {
  let text = ''
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    text += line
    if (line === '}') return JSON.parse(text)
  }
  throw new Error('roar ui said nothing')
}

/** `fetch` lets nobody choose the Host. */
async function statusUnder(host: string, base: string, headers: Record<string, string>): Promise<number> {
  const { request } = await import('node:http')
  return new Promise((done, fail) =>
    request(base, { headers: { ...headers, host } }, (answer) => {
      answer.resume()
      done(answer.statusCode ?? 0)
    })
      .on('error', fail)
      .end(),
  )
}
