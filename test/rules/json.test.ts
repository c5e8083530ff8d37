import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseJson } from '#server/base/json'

test.each<[string, unknown]>([
  ['{"MsgId":9100000000000000001}', { MsgId: '9100000000000000001' }],
  ['{"a":[9007199254740993, 1]}', { a: ['9007199254740993', 1] }],
  ['{"a":"9007199254740993"}', { a: '9007199254740993' }],
  ['{"a":"said \\"b\\": 9007199254740993"}', { a: 'said "b": 9007199254740993' }],
  ['{"a":0.12345678901234567}', { a: 0.12345678901234567 }],
  ['{"a":12345678901234567e-2}', { a: 123456789012345.67 }],
  ['{"a":123456789012345}', { a: 123456789012345 }],
])('%s keeps every digit', (text, value) => {
  expect(parseJson(text)).toEqual(value)
})

test('anything without wide numbers is read as JSON always is', () => {
  fc.assert(
    fc.property(fc.json(), text => {
      fc.pre(!/\d{16}/.test(text))
      expect(parseJson(text)).toEqual(JSON.parse(text))
    }),
  )
})

test('a megabyte of what is no JSON is refused at once', () => {
  const began = performance.now()
  expect(() => parseJson(`"1234567890123456${'\\"'.repeat(500_000)}`)).toThrow(SyntaxError)
  expect(performance.now() - began).toBeLessThan(1_000)
})
