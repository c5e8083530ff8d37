import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Gradable, isCorrect, plainText, readChosen } from '#server/quiz/grading'

const options = ['A', 'B', 'C', 'D'].map(label => ({ label }))
const single: Gradable = { type: 'single', options, key: ['B'], ordered: false }
const multiple: Gradable = { type: 'multiple', options, key: ['A', 'C'], ordered: false }
const judge: Gradable = { type: 'judge', options: options.slice(0, 2), key: ['A'], ordered: false }
const ordered: Gradable = { type: 'blank', options: [], key: ['三分之二', '十日'], ordered: true }
const set: Gradable = { ...ordered, ordered: false }

/** Whether an answer as sent is right, or the code it is refused with. */
const graded = (question: Gradable, chosen: string[]) => {
  const read = readChosen(question, chosen)
  return 'fault' in read ? read.fault : isCorrect(question, read.chosen)
}

test.each([
  ['the key', single, ['B'], true],
  ['another option', single, ['A'], false],
  ['a small letter', single, ['b'], true],
  ['a full-width letter', single, ['Ｂ'], true],
  ['the same label twice', single, ['B', 'B'], true],
  ['two options of one', single, ['A', 'B'], 'quiz.one-option'],
  ['an unknown option', single, ['E'], 'quiz.option-unknown'],
  ['nothing', single, [], 'request.invalid'],
  ['the key in another order', multiple, ['C', 'A'], true],
  ['half of the key', multiple, ['A'], false],
  ['the key and one more', multiple, ['A', 'B', 'C'], false],
  ['对', judge, ['对'], true],
  ['正确', judge, ['正确'], true],
  ['错', judge, ['错'], false],
  ['错误', judge, ['错误'], false],
  ['both', judge, ['A', 'B'], 'quiz.one-option'],
  ['a word for a single choice', single, ['对'], 'quiz.option-unknown'],
  ['the texts in order', ordered, ['三分之二', '十日'], true],
  ['the texts in another order', ordered, ['十日', '三分之二'], false],
  ['a set in another order', set, ['十日', '三分之二'], true],
  ['spaces and punctuation', ordered, [' 三分之二。', '「十日」'], true],
  ['too few texts', ordered, ['三分之二'], false],
  ['more texts than gaps', ordered, ['一', '二', '三'], 'request.invalid'],
  ['blank texts', ordered, [' ', '　'], 'request.invalid'],
] as const)('%s', (_, question, chosen, expected) => {
  expect(graded(question, [...chosen])).toBe(expected)
})

describe('a text as it is compared', () => {
  test.each([
    ['３．５％', '3.5%'],
    ['1,000 元', '1000元'],
    ['《土地管理法》', '土地管理法'],
    ['ＧＤＰ', 'gdp'],
    ['1/7', '1/7'],
  ])('%s is %s', (one, other) => expect(plainText(one)).toBe(plainText(other)))

  test.each([
    ['3.5', '35'],
    ['5%', '5'],
    ['-4', '4'],
    ['2:1', '21'],
    ['《》', ''],
  ])('%s is not %s', (one, other) => expect(plainText(one)).not.toBe(plainText(other)))

  test('comparing twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => plainText(plainText(text)) === plainText(text)),
    )
  })
})

const labels = fc.subarray(['A', 'B', 'C', 'D'], { minLength: 1 })

test('grading does not care for order or repetition, and only the key is right', () => {
  fc.assert(
    fc.property(labels, labels, fc.nat(), (key, chosen, turn) => {
      const question = { ...multiple, key }
      const turned = [
        ...chosen.slice(turn % chosen.length),
        ...chosen.slice(0, turn % chosen.length),
        ...chosen,
      ]
      const expected = [...key].sort().join() === [...chosen].sort().join()
      expect(graded(question, chosen)).toBe(expected)
      expect(graded(question, turned)).toBe(expected)
    }),
  )
})

test('key and answer are equals: swapping them gives the same mark', () => {
  const texts = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(texts, texts, fc.boolean(), (key, chosen, inOrder) => {
      const blank = { ...ordered, ordered: inOrder }
      expect(isCorrect({ ...blank, key }, chosen)).toBe(isCorrect({ ...blank, key: chosen }, key))
      expect(isCorrect({ ...blank, key }, key)).toBe(true)
    }),
  )
})
