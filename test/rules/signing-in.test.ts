import { expect, test } from '@jest/globals'
import { demoName } from '#server/account/signing-in'

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
