import { counterOf, readNumbering, type Numbering } from './word-numbering.ts'
import { tokens, type Token } from './xml.ts'
import type { Line, Part, Row } from './part.ts'

interface Archive {
  read: (name: string) => Buffer | null
}

/** Tables and paragraphs of a .docx in their order, with automatic numbers and letters written out. */
export function readDocument(archive: Archive): Part[] | null {
  const body = archive.read('word/document.xml')
  if (body === null) return null
  const numbering = readNumbering(archive.read('word/numbering.xml')?.toString('utf8') ?? '')
  const walk = new Walk(numbering)
  for (const token of tokens(body.toString('utf8'))) walk.take(token)
  return walk.finish()
}

/** Goes through the tags once. A table inside a table cell counts as text of that cell. */
class Walk {
  readonly #numberOf: ReturnType<typeof counterOf>
  readonly #parts: Part[] = []
  #lines: Line[] = []
  #rows: Row[] = []
  #cells: string[] = []
  #cell: string[] = []
  #text = ''
  #paragraphs = 0
  #tables = 0
  #depth = 0
  #skip = 0
  #inText = false
  #underlined = false
  #list: { id: string; level: number } = { id: '', level: 0 }

  constructor(numbering: Numbering) {
    this.#numberOf = counterOf(numbering)
  }

  take(token: Token): void {
    // A drawing's fallback repeats the words of its choice; deleted and moved-away text is no text.
    if (token.name === 'mc:Fallback')
      this.#skip += token.kind === 'open' ? 1 : token.kind === 'close' ? -1 : 0
    if (this.#skip > 0) return
    if (token.kind === 'text') {
      if (this.#inText) this.#write(token.text)
    } else if (token.kind === 'close') this.#close(token.name)
    else this.#open(token)
  }

  finish(): Part[] {
    this.#flushLines()
    return this.#parts
  }

  #open(token: Token): void {
    const { name } = token
    const closed = token.kind === 'empty'
    if (name === 'w:t') this.#inText = !closed
    else if (name === 'w:tab') this.#text += '\t'
    else if (name === 'w:br' || name === 'w:cr') this.#text += '\n'
    else if (name === 'w:r') this.#underlined = false
    else if (name === 'w:u') this.#underlined = token.attribute('w:val') !== 'none'
    else if (name === 'w:numId') this.#list.id = token.attribute('w:val')
    else if (name === 'w:ilvl') this.#list.level = Number(token.attribute('w:val')) || 0
    else if (name === 'w:p') this.#list = { id: '', level: 0 }
    else if (name === 'w:tbl' && !closed && this.#depth++ === 0) {
      this.#flushLines()
      this.#rows = []
    }
  }

  #close(name: string): void {
    if (name === 'w:t') this.#inText = false
    else if (name === 'w:p') this.#endParagraph()
    else if (name === 'w:tc' && this.#depth === 1) {
      this.#cells.push(this.#cell.join('\n').trim())
      this.#cell = []
    } else if (name === 'w:tr' && this.#depth === 1) {
      this.#rows.push({ at: this.#rows.length + 1, cells: this.#cells })
      this.#cells = []
    } else if (name === 'w:tbl' && --this.#depth === 0) {
      this.#tables++
      this.#parts.push({ kind: 'table', name: `table ${this.#tables}`, rows: this.#rows, spans: [] })
    }
  }

  /** Underlined spaces are how a gap is drawn in Word. */
  #write(text: string): void {
    this.#text += this.#underlined && /^[\s\u00a0]+$/.test(text) ? '____' : text
  }

  #endParagraph(): void {
    const text = this.#numberOf(this.#list.id, this.#list.level) + this.#text
    this.#text = ''
    this.#list = { id: '', level: 0 }
    if (this.#depth > 0) {
      this.#cell.push(text)
      return
    }
    this.#paragraphs++
    for (const line of text.split('\n')) this.#lines.push({ at: this.#paragraphs, text: line })
  }

  #flushLines(): void {
    if (this.#lines.some(line => line.text.trim() !== '')) {
      this.#parts.push({ kind: 'text', name: '', lines: this.#lines })
    }
    this.#lines = []
  }
}
