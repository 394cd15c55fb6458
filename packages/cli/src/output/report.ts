/** What a command says: an answer on stdout (text for people, one JSON document for programs), notes on stderr, and the exit code. */
import { type ErrorDocument, errorDocument } from '@roar/core'
import { printableJson, visible } from './escape.ts'
import { Page } from './page.ts'
import { type ColorChoice, type Styles, stylesFor } from './styles.ts'
import { terminalOf, writeAll } from './terminal.ts'
import { writeJson, writeJsonParts } from './write-pieces.ts'

export interface ReportOptions {
  readonly json: boolean
  readonly quiet: boolean
  readonly verbosity: number
  readonly color: ColorChoice
  readonly env: Readonly<Record<string, string | undefined>>
}

export class Report {
  readonly json: boolean
  readonly quiet: boolean
  readonly verbosity: number
  exitCode = 0
  readonly #options: ReportOptions
  #notes: Styles | null = null

  constructor(options: ReportOptions) {
    this.json = options.json
    this.quiet = options.quiet
    this.verbosity = options.verbosity
    this.#options = options
  }

  /** The facts a command was asked for. `render` is not called when a program is reading. */
  answer<T>(document: T, render: (page: Page, document: T) => void): void {
    if (this.json) writeJson(document)
    else {
      const page = this.#answerPage()
      render(page, document)
      page.end()
    }
  }

  /** Of a document with `Parts`. */
  async answerInParts<T>(document: T, render: (page: Page, document: T) => Promise<void>): Promise<void> {
    if (this.json) return writeJsonParts(document)
    const page = this.#answerPage()
    await render(page, document)
    page.end()
  }

  #answerPage(): Page {
    const terminal = terminalOf(1)
    const styles = stylesFor(this.#options.color, terminal.tty, this.#options.env)
    return new Page({
      ...{ styles, columns: terminal.columns, verbosity: this.verbosity },
      write: (text) => writeAll(1, text),
    })
  }

  /** What happened, for people: not with `--json` or `-q`. */
  note(text: string): void {
    if (!this.json && !this.quiet) writeAll(2, `${text}\n`)
  }

  /** What somebody has to do now, whoever reads the answer. */
  instruct(text: string): void {
    writeAll(2, `${text}\n`)
  }

  /** Only with `-v`. */
  detail(text: string): void {
    if (this.verbosity > 0) this.note(this.#styles().faint(text))
  }

  /** Printed even with `-q`. */
  warn(text: string): void {
    writeAll(2, `${this.#styles().warn('warning:')} ${text}\n`)
  }

  fail(error: unknown, exitCode: number): void {
    this.exitCode = exitCode
    const document = errorDocument(error)
    writeAll(2, this.json ? `${printableJson(document)}\n` : this.#errorText(document, error))
  }

  #errorText({ error: { code, message, cause, remedy } }: ErrorDocument, thrown: unknown): string {
    const styles = this.#styles()
    const lines = [`${styles.bad('error:')} ${visibleLines(message)} ${styles.faint(`[${code}]`)}`]
    if (cause) lines.push(`  ${visibleLines(cause)}`)
    for (const way of remedy) lines.push(`  ${styles.good('→')} ${visibleLines(way)}`)
    if (code === 'ROAR_INTERNAL' && this.verbosity > 0 && thrown instanceof Error)
      lines.push(visibleLines(thrown.stack ?? ''))
    return `${lines.join('\n')}\n`
  }

  #styles(): Styles {
    this.#notes ??= stylesFor(this.#options.color, terminalOf(2).tty, this.#options.env)
    return this.#notes
  }
}

/** Our own messages may have several lines; everything else in them is data. */
export const visibleLines = (text: string): string => text.split('\n').map(visible).join('\n  ')
