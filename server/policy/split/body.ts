import type { Block } from './block.ts'
import { contentsEnd, hiddenContents } from './contents.ts'
import { closingStart, stretchesOf } from './closing.ts'
import { articlesInLine } from './inline.ts'
import {
  articleMark,
  isAnnexMark,
  isContentsMark,
  isShortTitle,
  itemMark,
  structureMark,
  type ArticleMark,
} from './mark.ts'
import { passagesOf } from './passage.ts'
import type { Heading, Piece } from './piece.ts'

/** The pieces of a document behind its title and history. */
export function bodyPieces(blocks: Block[]): Piece[] {
  const closing = closingStart(blocks)
  const body = new Body(articlesInLine(blocks.slice(0, closing)))
  const pieces = body.pieces()
  return [...pieces, ...blocks.slice(closing).map(({ text }): Piece => ({ kind: 'closing', text }))]
}

interface OpenArticle {
  mark: ArticleMark
  lines: string[]
}

/** Goes through the blocks once, with the headings above and the article or the loose text that is open. */
class Body {
  readonly #blocks: Block[]
  readonly #pieces: Piece[] = []
  readonly #hasArticles: boolean
  #path: Heading[] = []
  #article: OpenArticle | undefined
  #loose: Block[] = []
  #last: { number: number; sub: number } | undefined
  /** A quotation begun in this article goes on: an article's mark in it belongs to the text that is quoted. */
  #quoting = false

  constructor(blocks: Block[]) {
    this.#blocks = blocks
    this.#hasArticles = blocks.some(({ text }) => articleMark(text)?.clear === true)
  }

  pieces(): Piece[] {
    for (let at = 0; at < this.#blocks.length; at++) {
      const block = this.#blocks[at]
      if (block === undefined) break
      const contents = isContentsMark(block.text) ? contentsEnd(this.#blocks, at) : at
      if (contents > at) {
        this.#endText()
        for (const { text } of this.#blocks.slice(at, contents)) this.#pieces.push({ kind: 'contents', text })
        at = contents - 1
      } else this.#take(block, this.#blocks[at + 1])
    }
    this.#endText()
    return hiddenContents(this.#pieces)
  }

  #take(block: Block, next: Block | undefined): void {
    const mark = block.rows ? null : articleMark(block.text)
    if (mark && this.#begins(mark)) {
      this.#endText()
      this.#article = { mark, lines: mark.rest === '' ? [] : [mark.rest] }
      this.#last = mark
    } else {
      if (this.#namesHeading(block)) return
      const heading = this.#headingOf(block, next)
      if (heading) {
        this.#addHeading(heading)
        return
      }
      if (!this.#article && !block.rows) this.#leaveItems(block.text)
      if (this.#article) this.#article.lines.push(...(block.rows ?? [block.text]))
      else this.#loose.push(block)
    }
    this.#noteQuotes(block.text)
  }

  /** An article follows the one before; a gap or a new count needs a mark that is plainly one. */
  #begins({ number, sub, clear }: ArticleMark): boolean {
    const last = this.#last
    const follows =
      last === undefined
        ? number === 1 && sub === 0
        : sub === 0
          ? number === last.number + 1
          : number === last.number && sub === last.sub + 1
    if (this.#quoting) return follows && last !== undefined
    if (follows) return true
    return clear && (last === undefined || number > last.number || (number === 1 && sub === 0) || sub > 0)
  }

  /** 第一章 on a line of its own takes the next short line as its name. */
  #namesHeading({ text, rows }: Block): boolean {
    const [last, above] = [this.#pieces.at(-1), this.#path.at(-1)]
    if (last?.kind !== 'heading' || above === undefined || this.#article || this.#loose.length > 0)
      return false
    const bare = structureMark(last.text)?.label === last.text.replace(/\s/g, '')
    if (
      !bare ||
      rows ||
      !isShortTitle(text, 30) ||
      itemMark(text) ||
      (structureMark(text)?.label ?? '') !== ''
    ) {
      return false
    }
    last.text = `${last.text} ${text}`
    this.#path = [...this.#path.slice(0, -1), { ...above, text: last.text }]
    return true
  }

  /** Text that begins with 二、 stands no longer under the heading 一、. */
  #leaveItems(text: string): void {
    const item = itemMark(text)
    if (item === null || !this.#path.some(({ rank }) => rank >= item.rank)) return
    this.#endText()
    this.#path = this.#path.filter(({ rank }) => rank < item.rank)
  }

  #headingOf(block: Block, next: Block | undefined): Heading | null {
    const { text, heading } = block
    if (block.rows || (this.#quoting && heading === undefined)) return null
    if (isAnnexMark(text) && (isShortTitle(text, 80) || heading !== undefined)) return { rank: 0, text }
    const structure = structureMark(text)
    if (structure) return { rank: structure.rank, text }
    const item = itemMark(text)
    if (heading !== undefined && heading > 1) return { rank: item?.rank ?? Math.min(heading + 1, 5), text }
    if (item && isShortTitle(text) && !/[。；]/.test(text) && this.#headsMore(item.rank, next)) {
      return { rank: item.rank, text }
    }
    return null
  }

  /** 一、 heads something where text of a lower kind follows, and in a law with articles only an article. */
  #headsMore(rank: number, next: Block | undefined): boolean {
    if (next === undefined || next.rows) return next !== undefined && !this.#hasArticles
    const below = itemMark(next.text)
    if (this.#hasArticles && this.#last !== undefined) return articleMark(next.text)?.clear === true
    return below === null || below.rank > rank
  }

  #addHeading(heading: Heading): void {
    this.#endText()
    this.#pieces.push({ kind: 'heading', text: heading.text })
    this.#path = [...this.#path.filter(({ rank }) => rank < heading.rank), heading]
    if (heading.rank === 0) this.#last = undefined
    this.#quoting = false
  }

  #endText(): void {
    const path = this.#path.map(({ text }) => text)
    if (this.#article) {
      const { mark, lines } = this.#article
      const { label, number, sub } = mark
      this.#pieces.push({ kind: 'article', label, number, sub, path, text: lines.join('\n') })
    }
    for (const { signed, blocks } of stretchesOf(this.#loose)) {
      if (signed) this.#pieces.push(...blocks.map(({ text }): Piece => ({ kind: 'closing', text })))
      else this.#pieces.push(...passagesOf(blocks, path))
    }
    this.#article = undefined
    this.#loose = []
    this.#quoting = false
  }

  #noteQuotes(text: string): void {
    const [opened, closed] = [text.lastIndexOf('“'), text.lastIndexOf('”')]
    if (opened !== closed) this.#quoting = opened > closed
  }
}
