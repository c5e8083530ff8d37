import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { nameIn } from '#server/account/naming'
import { maskedNumber, phoneNumber } from '#server/account/phone-number'

test.each([
  ['a name', '田春梅', '田春梅'],
  ['blanks around it', '  小田 ', '小田'],
  ['a blank inside', '田 春梅', '田 春梅'],
  ['two characters beyond the basic plane', '𠮷🌸', '𠮷🌸'],
  ['twenty characters', '字'.repeat(20), '字'.repeat(20)],
  ['signs that are not seen', '小\u200b田\u202e', '小田'],
  ['one character', '田', undefined],
  ['one character and what is not seen', '田\u200b\u200b', undefined],
  ['twenty-one characters', '字'.repeat(21), undefined],
  ['two lines', '小田\n小张', undefined],
  ['another line break', '小田\u2028小张', undefined],
  ['a control character', '小\u0007田', undefined],
  ['nothing', '   ', undefined],
])('%s: %j is called %j', (_, text, name) => {
  expect(nameIn(text)).toBe(name)
})

test('a name stays what it is when it is given again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), text => {
      const name = nameIn(text)
      expect(name === undefined || nameIn(name)).toBe(name ?? true)
    }),
  )
})

test.each([
  ['13800001234', '86', '13800001234', '138****1234'],
  ['61234567', '852', '+85261234567', '+85****4567'],
  ['12345', '1', '+112345', '****45'],
])('the number %s of country %s is stored as %s and shown as %s', (number, country, stored, shown) => {
  expect(phoneNumber({ number, country })).toBe(stored)
  expect(maskedNumber(stored)).toBe(shown)
})

test('a masked number never shows as much as half of it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{5,15}$/), number => {
      const hidden = number.length - maskedNumber(number).replace(/\*/g, '').length
      expect(hidden).toBeGreaterThanOrEqual(3)
    }),
  )
})
