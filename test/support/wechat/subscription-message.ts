import { Refusal, type TakenCall } from '../platform/desk.ts'
import { type Template, textsIn } from './template.ts'

/** A message that reached somebody's 服务通知. */
export interface SubscribeMessage {
  at: number
  openid: string
  template: string
  texts: Record<string, string>
  page: string | undefined
  state: string
}

/** What can be switched while the emulator runs. */
export interface SubscriptionSwitches {
  /** Pages of the released version; every page counts as known while it is empty. */
  pages: Set<string>
  /** Words that must not be sent. */
  words: Set<string>
  /** Templates whose use is forbidden. */
  banned: Set<string>
  /** Refusing takes back what was accepted before; nobody knows for sure. */
  rejectClears: boolean
  /** How long a send takes: another one to the same person meanwhile is refused. */
  sendMs: number
  /** What the event after a send says; other than success only for failures of the system. */
  sentErrorCode: string
}

export const defaultSwitches = (): SubscriptionSwitches => ({
  pages: new Set(),
  words: new Set(),
  banned: new Set(),
  rejectClears: true,
  sendMs: 0,
  sentErrorCode: '0',
})

/** What a call would show to the person; throws what is wrong with it. */
export function messageIn(
  { json, text }: Pick<TakenCall, 'json' | 'text'>,
  template: Template,
  switches: SubscriptionSwitches,
): Omit<SubscribeMessage, 'at' | 'openid'> {
  if (switches.banned.has(template.id)) throw new Refusal(43107, 'template banned')
  const { page, miniprogram_state: state = 'formal', lang = 'zh_CN' } = json
  if (!['developer', 'trial', 'formal'].includes(String(state))) throw new Refusal(47003, 'invalid state')
  if (!['zh_CN', 'en_US', 'zh_HK', 'zh_TW'].includes(String(lang))) throw new Refusal(47003, 'invalid lang')
  if (page !== undefined && !pageKnown(page, switches.pages)) throw new Refusal(41030, 'invalid page')
  const texts = textsIn(json.data, template)
  for (const word of switches.words)
    if (Object.values(texts).some(value => value.includes(word))) throw new Refusal(45168, 'sensitive word')
  return {
    template: template.id,
    texts: asShown(texts, text),
    page: page as string | undefined,
    state: String(state),
  }
}

const pageKnown = (page: unknown, pages: ReadonlySet<string>): boolean => {
  if (typeof page !== 'string' || page.startsWith('/')) return false
  return pages.size === 0 || pages.has(page.split('?')[0] ?? '')
}

/** A body with `\uXXXX` escapes was seen to arrive as it is written, escapes and all. */
const asShown = (texts: Record<string, string>, body: string): Record<string, string> =>
  /\\u[0-9a-f]{4}/i.test(body)
    ? Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, JSON.stringify(value)]))
    : texts
