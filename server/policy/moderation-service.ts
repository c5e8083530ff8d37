import { openidOf } from '../account/service.ts'
import type { TextCheck } from '../clients/wechat/text-check.ts'
import { moderationOf } from './answer/moderation.ts'
import type { SensitiveOutcome } from './answer/sensitive.ts'
import type { Assistant } from './assistant.ts'
import { checkWords } from './word-service.ts'

/** A text, whose it is, and what kind of text WeChat is told it is. */
interface Written extends Pick<TextCheck, 'text' | 'scene'> {
  cadreId: string
}

const PROFILE = 1

/** What WeChat makes of a text. When it cannot tell, the product's own lists have to do. */
export async function checkedByWechat(
  { cadreId, ...written }: Written,
  { moderation, log }: Assistant,
): Promise<SensitiveOutcome> {
  const openid = moderation ? await openidOf(cadreId) : null
  if (!moderation || openid === null) return 'pass'
  try {
    return moderationOf(await moderation.checkText({ openid, ...written }))
  } catch (error) {
    log.warn({ error }, 'a text was not checked by WeChat')
    return 'pass'
  }
}

/** Says of a name whether a cadre may be called by it. What a question would only be looked at for, a name may be. */
export const mayBeCalled =
  (assistant: Assistant) =>
  async ({ cadreId, name, now }: { cadreId: string; name: string; now: Date }): Promise<boolean> => {
    const outcomes = await Promise.all([
      checkWords({ text: name, place: 'name', subject: 'profile', now }),
      checkedByWechat({ cadreId, text: name, scene: PROFILE }, assistant),
    ])
    return !outcomes.includes('refuse')
  }
