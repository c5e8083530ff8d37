import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { paragraphsOf, wordsAt } from '#server/policy/paragraph'

const ARTICLE = `登记下列事项：
（一）姓名；
（二）面积：
1.水田；
2.旱地。
登记不收费。
有下列情形的，可以补登记：
(一)生病；
（二）外出。`

test('lines are paragraphs, items and what belongs to an item', () => {
  expect(paragraphsOf(ARTICLE)).toEqual([
    {
      text: '登记下列事项：',
      items: [
        { number: 1, text: '（一）姓名；' },
        { number: 2, text: '（二）面积：\n1.水田；\n2.旱地。' },
      ],
    },
    { text: '登记不收费。', items: [] },
    {
      text: '有下列情形的，可以补登记：',
      items: [
        { number: 1, text: '(一)生病；' },
        { number: 2, text: '（二）外出。' },
      ],
    },
  ])
})

test.each([
  [0, 0, ARTICLE],
  [2, 0, '登记不收费。'],
  [3, 2, '（二）外出。'],
  [0, 2, '（二）面积：\n1.水田；\n2.旱地。'],
  [2, 1, null],
  [4, 0, null],
  [1, 9, null],
])('paragraph %i item %i is %j', (paragraph, item, words) =>
  expect(wordsAt(ARTICLE, paragraph, item)).toBe(words),
)

test('no line is lost', () => {
  const line = fc.constantFrom('登记。', '（一）甲；', '（二）乙。', '1.丙', '（十一）丁', '①戊')
  fc.assert(
    fc.property(fc.array(line, { minLength: 1 }), lines => {
      const all = paragraphsOf(lines.join('\n')).flatMap(({ text, items }) => [
        text,
        ...items.map(each => each.text),
      ])
      expect(all.join('\n')).toBe(lines.join('\n'))
    }),
  )
})
