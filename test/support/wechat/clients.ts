import { tokenStore } from '#server/base/token-store'
import { createWechat, type Wechat } from '#server/clients/wechat'
import type { WechatEmulator } from './emulator.ts'

/** A client on the emulator's clock, as another process has it: the database is shared, what it remembers is not. */
export const aClientOf = (wechat: WechatEmulator): Wechat =>
  createWechat(wechat, {
    tokens: tokenStore,
    now: () => new Date(wechat.clock.now()),
    pauseMs: 1,
  })

/** What a call failed with; fails itself when it did not. */
export const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: unknown) => error,
  )
