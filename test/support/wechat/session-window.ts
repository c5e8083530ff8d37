import { type Clock, HOUR, MINUTE } from '../platform/clock.ts'
import { Refusal } from '../platform/desk.ts'

/** What a person did lets so many messages through until a moment; doing it again starts anew. */
interface Window {
  left: number
  until: number
}

/** How many messages of ours each person's session still takes. Source: 客服消息, 发送消息. */
export interface SessionWindows {
  /** The person wrote: five messages in 48 hours. */
  wrote: (openid: string) => void
  /** The person opened the session: two messages in a minute. */
  entered: (openid: string) => void
  /** Uses one up, of the shorter window first; throws 45015 out of time, 45047 when all are used. */
  use: (openid: string) => void
}

export function createSessionWindows(clock: Clock): SessionWindows {
  const windows = new Map<string, { wrote?: Window; entered?: Window }>()
  const open = (openid: string, window: { wrote: Window } | { entered: Window }) =>
    void windows.set(openid, { ...windows.get(openid), ...window })
  return {
    wrote: openid => open(openid, { wrote: { left: 5, until: clock.now() + 48 * HOUR } }),
    entered: openid => open(openid, { entered: { left: 2, until: clock.now() + MINUTE } }),
    use: openid => {
      const { wrote, entered } = windows.get(openid) ?? {}
      const inTime = [entered, wrote].filter(window => window !== undefined && clock.now() < window.until)
      if (inTime.length === 0) throw new Refusal(45015, 'response out of time limit')
      const free = inTime.find(window => window && window.left > 0)
      if (!free) throw new Refusal(45047, 'out of response count limit')
      free.left -= 1
    },
  }
}
