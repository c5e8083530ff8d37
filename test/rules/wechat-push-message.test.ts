import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { PushFault } from '#server/http/push/fault'
import { keyOf, messageIn } from '#server/http/push/message'
import { treeOf } from '#server/http/push/tree'
import { bodyOf, type PushForm, type PushMessage } from '../support/wechat/push-body.ts'

const read = (body: string) => messageIn(treeOf(body))
const forms: PushForm[] = [
  { format: 'json', time: 'number', ids: 'number' },
  { format: 'json', time: 'string', ids: 'string' },
  { format: 'xml', time: 'number', ids: 'string' },
]
const head = { ToUserName: 'gh_1', FromUserName: 'o1', CreateTime: 1_760_000_000 }
const item = (template: string) => ({
  TemplateId: template,
  SubscribeStatusString: 'accept',
  PopupScene: '0',
})
const popup = { ...head, MsgType: 'event', Event: 'subscribe_msg_popup_event' }

describe.each(forms)('in $format with $time times and $ids ids', form => {
  test('a text keeps its id, its words and its moment', () => {
    const text: PushMessage = {
      ...head,
      MsgType: 'text',
      Content: '第“十”条 & <荒山>\n？',
      MsgId: '9100000000000000001',
    }
    expect(read(bodyOf(text, form))).toMatchObject({
      openid: 'o1',
      to: 'gh_1',
      at: 1_760_000_000_000,
      type: 'text',
      id: '9100000000000000001',
      fields: { Content: '第“十”条 & <荒山>\n？' },
      items: [],
    })
  })

  test.each([[['T1']], [['T1', 'T2', 'T3']]])('an event about %j has as many items', templates => {
    const items = templates.map(item)
    for (const message of [
      { ...popup, List: items },
      { ...popup, SubscribeMsgPopupEvent: { List: items } },
    ])
      expect(read(bodyOf(message, form))).toMatchObject({ event: 'subscribe_msg_popup_event', items })
  })

  test('what is nested is told with a dot', () => {
    const check = { ...head, MsgType: 'event', Event: 'wxa_media_check', trace_id: 't1' }
    const message = {
      ...check,
      result: { suggest: 'risky', label: 20002 },
      detail: [{ label: 100 }, { label: 20002 }],
    }
    expect(read(bodyOf(message, form)).fields).toMatchObject({
      trace_id: 't1',
      'result.suggest': 'risky',
      'result.label': '20002',
    })
  })
})

test('two deliveries of one message have one key, whatever else differs', () => {
  const ids = ['9100000000000000001', '9100000000000000002']
  const keys = ids.map(MsgId =>
    forms.map(form => keyOf(read(bodyOf({ ...head, MsgType: 'text', Content: 'A', MsgId }, form)))),
  )
  expect(new Set(keys.flat()).size).toBe(2)
})

test('two events of one second are two when they are about different things', () => {
  const sent = (TemplateId: string, MsgID: string) =>
    keyOf(
      read(
        bodyOf(
          { ...popup, List: [{ TemplateId, MsgID }] },
          { format: 'json', time: 'number', ids: 'number' },
        ),
      ),
    )
  expect(sent('T1', '3000000000000000001')).toBe(sent('T1', '3000000000000000001'))
  expect(
    new Set([sent('T1', '3000000000000000001'), sent('T1', '3000000000000000002'), sent('T2', '1')]).size,
  ).toBe(3)
})

test('a body without what a message has is no fault', () => {
  expect(read('{}')).toMatchObject({ openid: '', type: '', event: '', at: 0, items: [] })
  expect(read('{"List":null,"FromUserName":null}')).toMatchObject({ openid: '', items: [] })
})

describe('bodies that are refused', () => {
  test.each([
    ['no JSON', '{"a":'],
    ['a list', '[]'],
    ['a text', '"a"'],
    ['null', 'null'],
    ['nothing', ''],
    ['an entity', '<xml><a>&lol;</a></xml>'],
    ['an entity declared', '<!DOCTYPE xml [<!ENTITY lol "lol">]><xml><a>&lol;</a></xml>'],
    ['an outside entity', '<!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml><a>1</a></xml>'],
    ['a numeric entity', '<xml><a>&#65;</a></xml>'],
    ['an instruction', '<?xml version="1.0"?><xml><a>1</a></xml>'],
    ['an inclusion', '<xml><xi:include href="file:///etc/passwd"/></xml>'],
    ['a comment', '<xml><!-- a --><a>1</a></xml>'],
    ['an attribute', '<xml><a b="1">1</a></xml>'],
    ['crossed tags', '<xml><a><b>1</a></b></xml>'],
    ['an open tag', '<xml><a>1</xml>'],
    ['a tag too many', '<xml><a>1</a></xml></xml>'],
    ['two roots', '<xml><a>1</a></xml><xml><a>1</a></xml>'],
    ['another root', '<html><a>1</a></html>'],
    ['text and tags mixed', '<xml>x<a>1</a></xml>'],
    ['open character data', '<xml><a><![CDATA[1</a></xml>'],
    ['too deep', `<xml>${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}</xml>`],
    ['too many tags', `<xml>${'<a>1</a>'.repeat(5_000)}</xml>`],
  ])('%s', (_, body) => {
    expect(() => treeOf(body)).toThrow(PushFault)
  })

  test('in no other way, and nothing reaches the prototype of objects', () => {
    const piece = fc.constantFrom(
      '<',
      '</',
      '>',
      'xml',
      'a',
      '__proto__',
      '<![CDATA[',
      ']]>',
      '&amp;',
      '&',
      '{"',
      '"}',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
        try {
          read(pieces.join(''))
        } catch (error) {
          expect(error).toBeInstanceOf(PushFault)
        }
      }),
      { numRuns: 2_000 },
    )
    read('<xml><__proto__><polluted>1</polluted></__proto__></xml>')
    read('{"__proto__":{"polluted":"1"}}')
    expect(({} as { polluted?: string }).polluted).toBeUndefined()
  })
})
