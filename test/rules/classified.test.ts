import { expect, test } from '@jest/globals'
import { isClassified } from '#server/base/classified'

test.each([
  '机密★10年',
  '绝密 ★',
  '密级：秘密',
  '密 级: 机密',
  '关于某事的通知【秘密】',
  '机　密★1年',
  '绝 密 ★',
])('%s is refused', text => {
  expect(isClassified(text)).toBe(true)
})

test.each([
  '机密',
  '国家秘密的密级分为绝密、机密、秘密三级',
  '商业秘密受法律保护',
  '（秘密）级文件由谁保管',
  '★ 重点',
])('%s only speaks about secrets', text => {
  expect(isClassified(text)).toBe(false)
})
