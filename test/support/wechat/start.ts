import { afterAll, beforeAll } from '@jest/globals'
import { createWechatEmulator, type WechatEmulator } from './emulator.ts'

/** The emulator of one test file; its address is known once the tests run. */
export function startWechatEmulator(): WechatEmulator {
  const wechat = createWechatEmulator()
  beforeAll(() => wechat.listen())
  afterAll(() => wechat.stop())
  return wechat
}
