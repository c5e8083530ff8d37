import { Parser } from 'htmlparser2'
import { UnreadableError, type Line, type Part, type Row } from './part.ts'

const BLOCKS = new Set(
  'address article aside blockquote body center dd div dl dt fieldset figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
)
const UNSEEN = new Set('script style noscript template iframe select button textarea svg object'.split(' '))
/** The part of a page that holds its text, as the publishing systems of public offices name it. */
const CONTENT =
  /(?:^|[\s_-])(?:ucap-content|trs_editor|trs_ueditor|pages_content|article-content|article_content|content-text|zoom|zoomcon)(?:$|[\s_-])/i
/** A table with a cell longer than this, or with a table in it, only arranges the page. */
const LONGEST_CELL = 400
const MOST_TABLES = 12
const LEAST_TEXT = 200
const LEAST_SHARE = 0.3
/** Deeper than any page; every open element makes the next one cost more. */
const MAX_DEPTH = 2_000

interface Table {
  rows: Line[][][]
  nested: boolean
}

/** Lines and tables of a web page as its reader sees them; where the page marks its text, only that and its title. */
export function readHtml(html: string): Part[] {
  const page = new Page()
  const parser = new Parser({
    onopentag: (name, attributes) => page.open(name, attributes),
    ontext: text => page.write(text),
    onclosetag: name => page.close(name),
  })
  parser.write(html)
  parser.end()
  return page.finish()
}

class Page {
  readonly #parts: (Part & { content: boolean })[] = []
  readonly #tables: Table[] = []
  readonly #names: string[] = []
  #title = ''
  #text = ''
  #heading: number | undefined
  #unseen = 0
  /** Tables deeper than any page means; their text flows on. */
  #buried = 0
  /** How many elements are open of those that change what a text in them is. */
  readonly #open = { title: 0, head: 0, pre: 0 }
  /** How many elements are open outside of the one that holds the text; 0 when none does. */
  #content = 0
  #at = 0

  open(name: string, attributes: Record<string, string>): void {
    this.#names.push(name)
    if (this.#names.length > MAX_DEPTH) throw new UnreadableError('broken', 'elements without an end')
    if (isTelling(name)) this.#open[name]++
    if (UNSEEN.has(name)) this.#unseen++
    if (this.#unseen > 0) return
    if (name === 'br' || BLOCKS.has(name)) this.#endLine()
    if (/^h[1-6]$/.test(name)) this.#heading = Number(name[1])
    const marked = CONTENT.test(`${attributes.id ?? ''} ${attributes.class ?? ''}`)
    if (this.#content === 0 && (marked || name === 'article')) this.#content = this.#names.length
    const table = this.#tables.at(-1)
    if (name === 'table') this.#openTable(table)
    else if (name === 'tr') table?.rows.push([])
    else if (name === 'td' || name === 'th') table?.rows.at(-1)?.push([])
  }

  #openTable(outer: Table | undefined): void {
    if (outer) outer.nested = true
    if (this.#tables.length < MOST_TABLES) this.#tables.push({ rows: [], nested: false })
    else this.#buried++
  }

  write(text: string): void {
    if (this.#unseen > 0) return
    if (this.#open.title > 0) this.#title += text
    else if (this.#open.head === 0) this.#text += this.#open.pre > 0 ? text : text.replace(/\s+/g, ' ')
  }

  close(name: string): void {
    if (UNSEEN.has(name)) this.#unseen--
    if (this.#unseen === 0 && BLOCKS.has(name)) this.#endLine()
    if (/^h[1-6]$/.test(name)) this.#heading = undefined
    if (name === 'table' && this.#unseen === 0) {
      if (this.#buried > 0) this.#buried--
      else this.#endTable()
    }
    if (isTelling(name)) this.#open[name]--
    if (this.#names.length === this.#content) this.#content = 0
    this.#names.pop()
  }

  finish(): Part[] {
    this.#endLine()
    const marked = this.#parts.filter(({ content }) => content)
    const parts = isText(marked, this.#parts) ? marked : this.#parts
    const heading = this.#parts.flatMap(part => (part.kind === 'text' ? part.lines : [])).find(isTitle)
    const title = heading?.text ?? this.#title.trim().replace(/\s*[_|].*$/, '')
    const known = parts.some(part => part.kind === 'text' && part.lines.some(({ text }) => text === title))
    const first: Part[] =
      title === '' || known ? [] : [{ kind: 'text', name: '', lines: [{ at: 0, text: title, heading: 1 }] }]
    return [...first, ...parts.map(({ content: _, ...part }): Part => part)]
  }

  #endLine(): void {
    const text = this.#text.trim()
    this.#text = ''
    if (text === '') return
    const lines = text.split('\n').map(each => each.trim())
    for (const line of lines.filter(each => each !== '')) {
      this.#take({
        at: ++this.#at,
        text: line,
        ...(this.#heading !== undefined && { heading: this.#heading }),
      })
    }
  }

  #take(line: Line): void {
    const cell = this.#tables.at(-1)?.rows.at(-1)?.at(-1)
    if (cell) {
      cell.push(line)
      return
    }
    const content = this.#content > 0
    const last = this.#parts.at(-1)
    if (last?.kind === 'text' && last.content === content) last.lines.push(line)
    else this.#parts.push({ kind: 'text', name: '', lines: [line], content })
  }

  #endTable(): void {
    const table = this.#tables.pop()
    if (table === undefined) return
    const cells = table.rows.flat()
    const long = cells.some(lines => lines.reduce((sum, { text }) => sum + text.length, 0) > LONGEST_CELL)
    const wide = table.rows.filter(row => row.length > 1).length
    if (table.nested || long || wide < 2) for (const line of cells.flat()) this.#take(line)
    else if (this.#tables.length > 0) for (const row of rowsOf(table)) this.#take(asLine(row))
    else
      this.#parts.push({
        kind: 'table',
        name: '',
        rows: rowsOf(table),
        spans: [],
        content: this.#content > 0,
      })
  }
}

/** Marked text is the text when there is enough of it: a mark may also stand on a mere control of the page. */
const isText = (marked: Part[], all: Part[]): boolean =>
  lettersIn(marked) >= Math.min(LEAST_TEXT, LEAST_SHARE * lettersIn(all)) && marked.length > 0

const lettersIn = (parts: Part[]): number =>
  parts.reduce((sum, part) => {
    const texts =
      part.kind === 'text'
        ? part.lines.map(({ text }) => text)
        : part.kind === 'table'
          ? part.rows.flatMap(({ cells }) => cells)
          : []
    return sum + texts.join('').length
  }, 0)

const isTelling = (name: string): name is 'title' | 'head' | 'pre' => /^(?:title|head|pre)$/.test(name)

const isTitle = (line: Line): boolean => line.heading === 1 && line.text.length > 3

const rowsOf = ({ rows }: Table): Row[] =>
  rows
    .filter(row => row.length > 0)
    .map((row, index) => ({
      at: index + 1,
      cells: row.map(lines => lines.map(({ text }) => text).join('\n')),
    }))

const asLine = ({ at, cells }: Row): Line => ({ at, text: cells.join(' | ') })
