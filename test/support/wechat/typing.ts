import { type Clock, SECOND } from '../platform/clock.ts'
import { Refusal, type TakenCall, textOf } from '../platform/desk.ts'

/** The line “对方正在输入”: fifteen seconds, and only within thirty of what the person did. */
export function createTyping(clock: Clock) {
  const until = new Map<string, number>()
  const acted = new Map<string, number>()
  return {
    acted: (openid: string) => void acted.set(openid, clock.now()),
    ended: (openid: string) => void until.delete(openid),
    isTyping: (openid: string): boolean => clock.now() < (until.get(openid) ?? 0),
    command: (openid: string, { json }: TakenCall): void => {
      const command = textOf(json, 'command', 45072)
      if (command !== 'Typing' && command !== 'CancelTyping') throw new Refusal(45072, 'invalid command')
      const now = clock.now()
      if (now - (acted.get(openid) ?? 0) > 30 * SECOND) throw new Refusal(45080, 'no session in 30s')
      if (command === 'Typing' && now < (until.get(openid) ?? 0)) throw new Refusal(45081, 'already typing')
      until.set(openid, command === 'Typing' ? now + 15 * SECOND : 0)
    },
  }
}
