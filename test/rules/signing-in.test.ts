import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { demoName, endingOf, subjectOf, useridIn } from '#server/account/signing-in'

test.each([
  ['demo:小田', '小田'],
  ['demo: 小田 ', '小田'],
  ['demo:Ａｎｎａ', 'Anna'],
  ['demo:阿·里 1', '阿·里 1'],
])('the code %j names %s', (code, name) => {
  expect(demoName(code)).toBe(name)
})

test.each([
  '',
  'demo:',
  'demo: ',
  '小田',
  'DEMO:小田',
  'demo:<b>',
  'demo:a\u0000b',
  `demo:${'长'.repeat(21)}`,
])('the code %j names nobody', code => {
  expect(demoName(code)).toBeUndefined()
})

const userid = fc.stringMatching(/^[\w.@-]{1,64}$/)

test('a member is known in the own enterprise and in no other', () => {
  fc.assert(
    fc.property(userid, id => {
      const subject = subjectOf({ corpid: 'ww1', userid: id })
      expect(useridIn(subject, 'ww1')).toBe(id)
      expect(useridIn(subject, 'ww')).toBeNull()
      expect(useridIn(subject, 'ww12')).toBeNull()
    }),
  )
})

test('a userid finds itself in a subject, and whatever it holds is no pattern', () => {
  fc.assert(
    fc.property(userid, fc.string({ unit: 'grapheme' }), (id, other) => {
      const subject = subjectOf({ corpid: 'ww1', userid: id })
      expect(new RegExp(endingOf(id)).test(subject)).toBe(true)
      if (!other.includes('/')) expect(new RegExp(endingOf(other)).test(subject)).toBe(other === id)
    }),
  )
})
