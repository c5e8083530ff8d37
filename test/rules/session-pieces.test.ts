import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { chosen, cut, piecesOf } from '#server/chat/session/pieces'
import type { Part } from '#server/chat/session/text-form'

const LIMIT = 2_048
const bytes = (text: string): number => Buffer.byteLength(text)
const rest = '其余的请看小程序'
const words = fc.string({
  unit: fc.constantFrom('村', '民', '。', '，', '\n', 'a', ' ', '😀', '”', '！', '；'),
  maxLength: 3_000,
})
const parts = fc.array(
  fc.record({
    text: words.filter(text => text !== ''),
    ai: fc.boolean(),
    weight: fc.integer({ min: 1, max: 9 }),
  }),
  { maxLength: 8 },
)
const part = (text: string, more: Partial<Part> = {}): Part => ({ text, ai: false, weight: 5, ...more })

describe('a text that is cut', () => {
  test('loses nothing, and no piece is too long or half a character', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 4, max: 2_048 }), (text, room) => {
        const pieces = cut(text, room)
        expect(pieces.join('')).toBe(text)
        for (const piece of pieces) {
          expect(bytes(piece)).toBeLessThanOrEqual(room)
          expect(Buffer.from(piece).toString()).toBe(piece)
        }
      }),
    )
  })

  test.each([
    ['after a sentence', '甲乙丙丁。戊己庚辛。', 27, ['甲乙丙丁。', '戊己庚辛。']],
    ['after its closing quote', '“甲乙丙。”丁戊己', 21, ['“甲乙丙。”', '丁戊己']],
    ['at a comma where no sentence ends', '甲乙丙，丁戊己庚', 18, ['甲乙丙，', '丁戊己庚']],
    ['anywhere rather than leaving a stub', '甲。乙丙丁戊己庚', 21, ['甲。乙丙丁戊己', '庚']],
    ['not at all where there is room', '甲。乙。', 12, ['甲。乙。']],
  ])('is cut %s', (_, text, room, pieces) => {
    expect(cut(text, room)).toEqual(pieces)
  })
})

describe('parts as messages', () => {
  test('fit, keep every word in order, and never mix a model’s words with others', () => {
    fc.assert(
      fc.property(parts, given => {
        const pieces = piecesOf(given, { turn: 't', rest })
        for (const { text } of pieces) expect(bytes(`${text}\n\n${rest}`)).toBeLessThanOrEqual(LIMIT)
        for (const ai of [true, false]) {
          const all = (some: readonly Part[]) =>
            some.flatMap(one => (one.ai === ai ? [one.text] : [])).join('')
          expect(all(pieces).replaceAll('\n', '')).toBe(all(given).replaceAll('\n', ''))
        }
        expect(new Set(pieces.map(({ key }) => key)).size).toBe(pieces.length)
      }),
    )
  })

  test('short neighbours share one, which weighs as much as the heaviest', () => {
    const [only, ...others] = piecesOf([part('课'), part('题', { weight: 8 })], { turn: 't', rest })
    expect(only).toEqual({ text: '课\n\n题', ai: false, weight: 8, key: 't:0' })
    expect(others).toEqual([])
  })
})

describe('when not all can be sent', () => {
  test('as many go as may, the weightiest in their order, and only the last tells of the rest', () => {
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 7 }), (given, left) => {
        const pieces = piecesOf(given, { turn: 't', rest })
        const sent = chosen(pieces, left, rest)
        expect(sent).toHaveLength(Math.min(left, pieces.length))
        const keys = sent.map(({ key }) => key)
        expect(keys).toEqual(pieces.map(({ key }) => key).filter(key => keys.includes(key)))
        const lightest = Math.min(...sent.map(({ weight }) => weight))
        for (const one of pieces)
          if (!keys.includes(one.key)) expect(one.weight).toBeLessThanOrEqual(lightest)
        const telling = sent.filter(({ text }) => text.endsWith(rest))
        expect(telling).toEqual(pieces.length > left ? sent.slice(-1) : [])
        for (const { text } of sent) expect(bytes(text)).toBeLessThanOrEqual(LIMIT)
      }),
    )
  })
})
