import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { sendWecomMessage, type WecomContent } from '#server/clients/wecom/message'
import { fit, sizeOf } from '#server/reminder/fitting'
import { memberMessage } from '#server/reminder/member-message'
import { addDays } from '#shared/day'
import { CORP } from '../support/wecom/corp.ts'
import { contentIn } from '../support/wecom/message-body.ts'

const at = { day: '2026-11-23', slot: '07:30' }
const fields = { ...at, title: '今日一测', text: '还有 5 题没答完，点开接着答' }
const page = 'pages/today/index'
const appid = 'wx0123456789abcdef'
const site = 'https://rizhi.example.cn'

/** What the emulator makes of a message as the client sends it; throws what is wrong with it. */
async function taken(content: WecomContent): Promise<ReturnType<typeof contentIn>> {
  let sent: object = {}
  await sendWecomMessage(
    (_path, { body = {}, reply }) => {
      sent = body
      return Promise.resolve(reply.parse({}))
    },
    { ...CORP, base: '' },
    { userids: ['zhang'], content },
  )
  return contentIn(sent as Record<string, unknown>)
}

describe('a reminder to a member', () => {
  test('opens the mini-program where one is linked', () => {
    expect(memberMessage(fields, page, { appid, site })).toEqual({
      kind: 'notice',
      appid,
      page,
      title: '今日一测',
      description: '11月23日 07:30',
      items: [{ key: '内容', value: '还有 5 题没答完，点开接着答' }],
    })
  })

  test('opens the site where there is only that', () => {
    expect(memberMessage(fields, page, { site })).toEqual({
      kind: 'card',
      title: '今日一测',
      description: '11月23日 07:30\n还有 5 题没答完，点开接着答',
      url: 'https://rizhi.example.cn/#/pages/today/index',
      button: '打开',
    })
  })

  test('says where to go where there is neither', () => {
    expect(memberMessage(fields, page, {})).toEqual({
      kind: 'text',
      text: '今日一测\n还有 5 题没答完，点开接着答\n11月23日 07:30\n请在企业微信里打开“日知”小程序',
    })
  })

  test.each([
    [
      'a long title is cut, and whole among the items',
      '农村土地承包经营权的几个期限',
      '农村土地承包经营权的几…',
      2,
    ],
    ['a title of twelve stays', '农村土地承包经营权的期限', '农村土地承包经营权的期限', 1],
    ['a title of four stays', '信访登记', '信访登记', 1],
    ['a short title is made longer', '信访', '学习提醒：信访', 1],
    ['letters are no Han', 'WTO规则', '学习提醒：WTO规则', 1],
    ['no title at all is a sentence', ' ', '请打开查看', 1],
  ])('%s', (_, title, expected, items) => {
    expect(memberMessage({ ...fields, title }, page, { appid })).toMatchObject({ title: expected })
    const message = memberMessage({ ...fields, title }, page, { appid })
    expect(message.kind === 'notice' && message.items).toHaveLength(items)
  })

  test('is no markup, whatever its words hold', () => {
    const title = '<a href="https://example.com">《<信访>条例》</a>'
    for (const lead of [{}, { site }])
      expect(JSON.stringify(memberMessage({ ...fields, title, text: title }, page, lead))).not.toMatch(/[<>]/)
  })

  test('of any words on any day is taken by WeCom in every form', async () => {
    const character = fc.constantFrom('课', 'a', '\n', '\u0000', ' ', '😀', '…', '<', '>', '"', '\ud800')
    const words = fc.string({ unit: character, maxLength: 900 })
    const lead = fc.constantFrom({ appid }, { site }, {})
    await fc.assert(
      fc.asyncProperty(words, words, fc.nat(700), lead, async (title, text, days, to) => {
        const day = addDays('2026-01-01', days)
        await taken(memberMessage({ ...at, day, title, text }, page, to))
      }),
    )
  })
})

test('what fits is left as it is but for line ends, and what does not is cut to as much as fits, with …', () => {
  const room = fc.record({
    characters: fc.integer({ min: 1, max: 30 }),
    bytes: fc.integer({ min: 3, max: 90 }),
  })
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), room, (text, space) => {
      const fitted = fit(text, space)
      const whole = fit(text, { characters: Infinity, bytes: Infinity })
      const { characters, bytes } = sizeOf(fitted)
      expect(characters).toBeLessThanOrEqual(space.characters)
      expect(bytes).toBeLessThanOrEqual(space.bytes)
      if (fitted === whole) return
      expect(fitted.endsWith('…')).toBe(true)
      expect(whole.startsWith(fitted.slice(0, -1))).toBe(true)
    }),
  )
})
