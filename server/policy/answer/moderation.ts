import type { SensitiveOutcome } from './sensitive.ts'

/** What a text check said: its verdict, and a label for why. */
export interface CheckedText {
  verdict: 'pass' | 'review' | 'risky'
  /** 100 nothing, 10001 advertising, 20001 politics and so on. Source: msgSecCheck, developers.weixin.qq.com. */
  label: number
}

const POLITICS = 20001
/** Pornography, abuse, crime, fraud, vulgarity: what no question about policy needs. Advertising too. */
const NEVER_NEEDED: ReadonlySet<number> = new Set([10001, 20002, 20003, 20006, 20008, 20012])

/**
 * What becomes of a checked text. Politics is what cadres talk about, so that label alone never silences anybody: a
 * person looks at it while it goes on. So it is with copyright, as laws have none, and where the check gives no reason.
 */
export function moderationOf({ verdict, label }: CheckedText): SensitiveOutcome {
  if (label === POLITICS) return 'review'
  if (verdict === 'risky') return NEVER_NEEDED.has(label) ? 'refuse' : 'review'
  return verdict
}
