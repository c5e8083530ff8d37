import { setTimeout as pause } from 'node:timers/promises'
import type { TestApp } from '../app.ts'
import { SECOND } from '../platform/clock.ts'
import type { WechatEmulator } from './emulator.ts'
import type { SessionMessage } from './session-message.ts'

/** Somebody who types in WeChat's own session, with what comes back. */
export function createTypist(app: TestApp, wechat: WechatEmulator, openid: string) {
  const pass = (ms: number): void => {
    wechat.clock.pass(ms)
    app.now = new Date(wechat.clock.now())
  }
  const replies = (): SessionMessage[] => wechat.session.messages.filter(one => one.openid === openid)
  /** All that came of something; two things are never done in the same second. */
  const after = async (act: () => void): Promise<SessionMessage[]> => {
    pass(2 * SECOND)
    const before = replies().length
    act()
    await wechat.push.settled()
    await app.heard()
    return replies().slice(before)
  }
  return {
    openid,
    pass,
    replies,
    after,
    say: (text: string) => after(() => wechat.session.say(openid, text)),
    enter: () => after(() => wechat.session.enter(openid)),
    /** Signs in as the mini-program does. */
    signIn: async () => {
      const body = { code: wechat.signIn.codeOf(openid) }
      const { token } = await app.anyone.call('POST /sign-in', { body })
      return app.holding(token)
    },
  }
}

/** The words of messages, one after another. */
export const wordsOf = (messages: readonly SessionMessage[]): string =>
  messages.map(({ content }) => String(content.content)).join('\n\n')

/** Waits until something holds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (holds()) return
    await pause(10)
  }
  throw new Error('it never held')
}
