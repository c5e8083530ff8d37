import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { checkText, pieces, type TextVerdict } from '#server/clients/wechat/text-check'
import type { CallWechat } from '#server/clients/wechat/call'

/** Answers each piece with the next of these verdicts. */
function answering(verdicts: readonly [TextVerdict['verdict'], number][]): {
  call: CallWechat
  asked: unknown[]
} {
  const asked: unknown[] = []
  const call: CallWechat = async (_, { body, reply }) => {
    const [suggest, label] = verdicts[asked.length] ?? ['pass', 100]
    asked.push(body)
    return reply.parse({ result: { suggest, label } })
  }
  return { call, asked }
}

/** Numbered, so that every part of it stands at one place only. */
const numbered = (sign: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${i}${sign}`).join('')

test('pieces are short enough, overlap, tear no character, and together are the text', () => {
  const sign = fc.constantFrom('条', '😀', '条😀', '😀😀')
  fc.assert(
    fc.property(sign, fc.integer({ min: 1, max: 2_000 }), (words, count) => {
      const text = numbered(words, count)
      let end = 0
      for (const [i, piece] of pieces(text).entries()) {
        expect(piece.length).toBeLessThanOrEqual(2_500)
        expect(Buffer.from(piece).toString()).toBe(piece)
        const start = text.indexOf(piece)
        expect(start).toBeGreaterThanOrEqual(0)
        if (i > 0) expect(end - start).toBeGreaterThanOrEqual(50)
        end = start + piece.length
      }
      expect(end).toBe(text.length)
    }),
    { numRuns: 60 },
  )
})

test('nothing to read is not asked about', async () => {
  const { call, asked } = answering([['risky', 20002]])

  expect(await checkText(call, { openid: 'o', text: ' \n ' })).toEqual({ verdict: 'pass', label: 100 })
  expect(asked).toEqual([])
})

test('a short text is one call, as version 2 wants it', async () => {
  const { call, asked } = answering([['pass', 100]])

  await checkText(call, { openid: 'o', text: '集体荒山' })
  await checkText(call, { openid: 'o', text: '小田', scene: 1 })

  expect(asked).toEqual([
    { content: '集体荒山', version: 2, scene: 2, openid: 'o' },
    { content: '小田', version: 2, scene: 1, openid: 'o' },
  ])
})

const pass = ['pass', 100] as const
test.each<[string, [TextVerdict['verdict'], number][], TextVerdict]>([
  ['the last piece', [[...pass], [...pass], ['risky', 20002]], { verdict: 'risky', label: 20002 }],
  ['the first piece', [['risky', 20006], ['review', 20003], [...pass]], { verdict: 'risky', label: 20006 }],
  [
    'the piece that is not politics',
    [
      ['risky', 20001],
      ['risky', 20002],
    ],
    { verdict: 'risky', label: 20002 },
  ],
  [
    'the worse verdict',
    [
      ['review', 20003],
      ['risky', 20001],
    ],
    { verdict: 'risky', label: 20001 },
  ],
])('of a long text %s speaks for the whole', async (_, verdicts, worst) => {
  const { call, asked } = answering(verdicts)

  expect(await checkText(call, { openid: 'o', text: '字'.repeat(7_000) })).toEqual(worst)
  expect(asked).toHaveLength(3)
})
