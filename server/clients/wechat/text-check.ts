import * as z from 'zod'
import type { CallWechat } from './call.ts'

/** What WeChat thinks of a text. Labels: 100 nothing, 20001 politics, 20002 pornography and so on. */
export interface TextVerdict {
  verdict: 'pass' | 'review' | 'risky'
  label: number
}

/** A text and whose it is; the scene is 1 profile, 2 comment, 3 forum or 4 social log. */
export interface TextCheck {
  openid: string
  text: string
  scene?: 1 | 2 | 3 | 4
}

/** Most characters of one call. */
const PIECE = 2_500
/** Pieces share so many characters, so that no word is cut in two. */
const OVERLAP = 50
const NOTHING: TextVerdict = { verdict: 'pass', label: 100 }
const POLITICS = 20001

const Reply = z.object({
  result: z.object({ suggest: z.enum(['pass', 'review', 'risky']), label: z.number() }),
})

/** Checks a text of any length; the worst piece speaks for the whole. Source: msgSecCheck v2. */
export async function checkText(
  call: CallWechat,
  { openid, text, scene = 2 }: TextCheck,
): Promise<TextVerdict> {
  let worst = NOTHING
  for (const content of pieces(text)) {
    const body = { content, version: 2, scene, openid }
    const { result } = await call('/wxa/msg_sec_check', { body, reply: Reply, repeatable: true })
    const found = { verdict: result.suggest, label: result.label }
    if (weight(found) > weight(worst)) worst = found
  }
  return worst
}

/** Of two risks that weigh the same, politics comes second: where both are, the other one is what the caller must know. */
const weight = ({ verdict, label }: TextVerdict): number =>
  2 * ['pass', 'review', 'risky'].indexOf(verdict) + (label === POLITICS || verdict === 'pass' ? 0 : 1)

/** Pieces of at most 2,500 UTF-16 units, which is never more characters; no character is torn. Of a blank text, none. */
export function pieces(text: string): string[] {
  if (text.trim() === '') return []
  const found: string[] = []
  for (let at = 0; ;) {
    const end = whole(text, at + PIECE)
    found.push(text.slice(at, end))
    if (end >= text.length) return found
    at = whole(text, end - OVERLAP)
  }
}

/** The place, or one before it where that would part a surrogate pair. */
const whole = (text: string, at: number): number =>
  at < text.length && /[\uDC00-\uDFFF]/.test(text.charAt(at)) && /[\uD800-\uDBFF]/.test(text.charAt(at - 1))
    ? at - 1
    : at
