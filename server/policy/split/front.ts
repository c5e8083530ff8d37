import { titleKey } from '../metadata/title.ts'
import type { Block } from './block.ts'
import { articleMark, isContentsMark, structureMark } from './mark.ts'

/** Where a document's front ends and which of its blocks are the title. */
export interface Front {
  /** Index of the first block behind title and history. */
  end: number
  /** Indexes of the blocks that together are the title; none where it cannot be told. */
  title: number[]
  /** Index of the name of a part of a law that stands in several files (总则 under the title of a code), or null. */
  part: number | null
}

const TITLE_END =
  /(?:法|法典|条例|规定|规则|规程|办法|细则|决定|决议|通知|通报|通告|公告|意见|解释|批复|答复|复函|函|方案|纲要|规划|计划|要点|措施|制度|标准|规范|准则|章程|公约|指南|目录|清单|办法|总结|报告|安排|修正案|命令|请示|议案|纪要|预案|须知|承诺|协议|宣言|声明|解答)(?:[（(〔][^）)〕]*[）)〕])*$/
const NOTE_START =
  /^[（(]?\s?(?:根据)?(?:\d{4}|[０-９]{4}|[一二][一二三四五六七八九〇○零]{3})\s?年\s?[\d０-９一二三四五六七八九十]{1,3}\s?月/
const DOCUMENT_NUMBER = /^[^。，；：]{1,24}[〔［[（(【]\s?(?:19|20)\d{2}\s?[〕］\])）】]\s?第?\s?\d+\s?号$/
const ORDER_NUMBER = /^(?:.{0,30}令)?\s?[（(]?第?\s?[\d一二三四五六七八九十百零〇]+\s?号[）)]?$/
const DATE_ONLY = /^[（(]?\s?(?:\d{4}|[一二][一二三四五六七八九〇○零]{3})\s?年[^，。；：]{2,10}日\s?[）)]?$/
const LONGEST_TITLE_LINE = 60
const LONGEST_TITLE = 300
const MAX_TITLE_LINES = 4
/** A title stands among the first blocks of a document. */
const SEARCHED = 40

/** Finds title and history. What the file itself marks as such comes first; both may stand there once more. */
export function frontOf(blocks: Block[]): Front {
  const front = firstFront(blocks)
  const title = front.title
    .map(at => blocks[at]?.text ?? '')
    .join('')
    .slice(0, LONGEST_TITLE)
  return title === '' ? front : { ...front, end: behindRepeat(blocks, front.end, titleKey(title)) }
}

/** Index behind the title that stands once more from `from` on, and the notes under it; `from` where it does not. */
function behindRepeat(blocks: Block[], from: number, key: string): number {
  let text = ''
  for (let at = from; at < from + MAX_TITLE_LINES; at++) {
    const block = blocks[at]
    if (block === undefined || block.rows || block.text.length > LONGEST_TITLE_LINE) return from
    text += block.text
    if (titleKey(text) === key) return endOfNotes(blocks, at + 1)
  }
  return from
}

function firstFront(blocks: Block[]): Front {
  const marked = blocks.findIndex(block => block.front !== true)
  if (blocks[0]?.front === true) return markedFront(blocks, marked < 0 ? blocks.length : marked)
  const body = blocks.slice(0, SEARCHED).findIndex(isBody)
  const searched = blocks.slice(0, body < 0 ? SEARCHED : body)
  const title = headingTitle(searched) ?? foundTitle(searched)
  if (title === null) return { end: 0, title: [], part: null }
  return { end: endOfNotes(blocks, (title.at(-1) ?? 0) + 1), title, part: null }
}

function markedFront(blocks: Block[], end: number): Front {
  const headings = blocks.slice(0, end).flatMap(({ heading }, index) => (heading === 1 ? [index] : []))
  const [title = 0, part = null] = headings
  return { end, title: [title], part }
}

/** A heading of the first rank; one that is not whole goes on in the headings that follow. */
function headingTitle(blocks: Block[]): number[] | null {
  const at = blocks.findIndex(({ heading, text }) => heading === 1 && text.length > 3)
  if (at < 0) return null
  const lines = [at]
  while (lines.length < MAX_TITLE_LINES && !isWholeTitle(blocks, lines)) {
    const next = at + lines.length
    if (blocks[next]?.heading !== 1) return [at]
    lines.push(next)
  }
  return isWholeTitle(blocks, lines) ? lines : [at]
}

function isWholeTitle(blocks: Block[], lines: number[]): boolean {
  const text = lines.map(index => blocks[index]?.text).join('')
  return TITLE_END.test(text.replace(/\s/g, '')) && balanced(text)
}

/** The first one to four short lines on end of which the last ends as titles do. */
function foundTitle(blocks: Block[]): number[] | null {
  for (const [from, block] of blocks.entries()) {
    if (!mayBeTitle(block) || /^[（(]/.test(block.text)) continue
    const lines: number[] = []
    for (let at = from; at < from + MAX_TITLE_LINES; at++) {
      const line = blocks[at]
      if (line === undefined || !mayBeTitle(line)) break
      lines.push(at)
      if (isWholeTitle(blocks, lines)) return lines
    }
  }
  return null
}

const mayBeTitle = ({ text, rows }: Block): boolean =>
  rows === undefined && text.length <= LONGEST_TITLE_LINE && !/[。；：:，！？]$/.test(text) && !isNote(text)

/** 《 without 》: the title goes on in the next line. */
const balanced = (text: string): boolean => text.split('《').length === text.split('》').length

const isBody = ({ text }: Block): boolean =>
  isContentsMark(text) || articleMark(text)?.clear === true || (structureMark(text)?.label ?? '') !== ''

/** History, document number, order, date: lines between the title and the text. */
export const isNote = (text: string): boolean =>
  NOTE_START.test(text) || DOCUMENT_NUMBER.test(text) || ORDER_NUMBER.test(text) || DATE_ONLY.test(text)

function endOfNotes(blocks: Block[], from: number): number {
  let end = from
  let open = false
  for (let at = from; at < blocks.length; at++) {
    const text = blocks[at]?.text ?? ''
    const starts =
      /^[（(]/.test(text) &&
      /\d{4}\s?年|[〇零一二三四五六七八九]{4}年|通过|公布|发布|施行|印发|修[正订]/.test(text)
    if (!open && !starts && !isNote(text)) break
    if (starts || open) open = !/[）)]$/.test(text)
    end = at + 1
  }
  return open ? from : end
}
