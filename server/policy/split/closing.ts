import type { Block } from './block.ts'
import { articleMark, isAnnexMark, isShortTitle, itemMark, structureMark } from './mark.ts'

const DATE =
  /^[（(]?\s?(?:\d{4}|[一二][一二三四五六七八九〇○零]{3})\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日\s?[）)]?$/
const OFFICE_LINE = /^(?:抄\s?送|主\s?送|印\s?发|发\s?送|联系人|[（(]此件)|印发$/
const MAX_LINES = 8
const MAX_SIGNERS = 4
const LONGEST_SIGNER = 36

/** Index from which on a document only names who issued it and when; its length where it does not. */
export function closingStart(blocks: Block[]): number {
  for (let at = Math.max(1, blocks.length - MAX_LINES); at < blocks.length; at++) {
    if (!isDate(blocks[at])) continue
    const rest = blocks.slice(at + 1)
    if (!rest.every(block => isDate(block) || OFFICE_LINE.test(block.text) || isSigner(block))) continue
    let start = at
    while (start > 1 && at - start < MAX_SIGNERS && isSigner(blocks[start - 1])) start--
    return start
  }
  return blocks.length
}

/** A line that is a date and nothing else. */
export const isDate = (block: Block | undefined): boolean => block !== undefined && DATE.test(block.text)

const isSigner = (block: Block | undefined): boolean =>
  block !== undefined &&
  block.rows === undefined &&
  block.heading === undefined &&
  isShortTitle(block.text, LONGEST_SIGNER) &&
  itemMark(block.text) === null &&
  articleMark(block.text) === null &&
  structureMark(block.text) === null &&
  !isAnnexMark(block.text)
