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
    const imprint = OFFICE_LINE.test(blocks[at]?.text ?? '')
    if (!isDate(blocks[at]) && !imprint) continue
    const rest = blocks.slice(at + 1)
    if (!rest.every(block => isDate(block) || OFFICE_LINE.test(block.text) || isSigner(block))) continue
    return imprint ? at : signedFrom(blocks, at, 1)
  }
  return blocks.length
}

/** Index of the first signer above the date at `at`, not before `least`. */
function signedFrom(blocks: Block[], at: number, least: number): number {
  let start = at
  while (start > least && at - start < MAX_SIGNERS && isSigner(blocks[start - 1])) start--
  return start
}

/** A run of blocks that is signature and date, or text. */
export interface Stretch {
  signed: boolean
  blocks: Block[]
}

/** Parts text from the signatures in it: a notice is signed before what it announces. */
export function stretchesOf(blocks: Block[]): Stretch[] {
  const signed = new Set<number>()
  blocks.forEach((block, at) => {
    if (!isDate(block)) return
    for (let index = signedFrom(blocks, at, 0); index <= at; index++) signed.add(index)
    for (let after = at + 1; OFFICE_LINE.test(blocks[after]?.text ?? ''); after++) signed.add(after)
  })
  const stretches: Stretch[] = []
  blocks.forEach((block, at) => {
    const last = stretches.at(-1)
    if (last?.signed === signed.has(at)) last.blocks.push(block)
    else stretches.push({ signed: signed.has(at), blocks: [block] })
  })
  return stretches
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
