import type { RawOption } from './raw.ts'
import { readVerdict } from './type.ts'
import { RIGHT_NOTES, WRONG_NOTES } from './vocabulary.ts'

const tail = (notes: RegExp, signs: string) =>
  new RegExp(
    `\\s*[（(\\[【]\\s*(?:${notes.source}|[${signs}])\\s*[）)\\]】]\\s*$|(?<=[^打画标划填选号“"'\\s])\\s*[${signs}]\\s*$`,
    'i',
  )
const RIGHT = tail(RIGHT_NOTES, '√✓✔')
const WRONG = tail(WRONG_NOTES, '×✗✘')

/**
 * Options with the marks a file writes behind them ("甲（正确答案）", "甲 √") understood and taken off. A bare sign
 * behind every option says nothing.
 */
export function withMarksRead(options: RawOption[]): RawOption[] {
  const tails = options.map(({ text }) => {
    if (readVerdict(text) !== null) return { right: null, length: 0 }
    const right = RIGHT.exec(text)
    const found = right ?? WRONG.exec(text)
    return { right: found === null ? null : right !== null, length: found?.[0].length ?? 0 }
  })
  const rights = tails.filter(each => each.right === true).length
  const worded = options.every(({ text }) => new RegExp(RIGHT_NOTES.source, 'i').test(text))
  if (rights === 0 || (rights === options.length && !worded)) return options
  return options.map((option, index) => {
    const { right = null, length = 0 } = tails[index] ?? {}
    const text = option.text.slice(0, option.text.length - length)
    return { ...option, text, right: option.right === true || right === true }
  })
}
