/** How many messages of each template somebody may still be sent. */
export interface Ledger {
  accept: (openid: string, template: string) => void
  /** The switch says whether refusing also takes back what was accepted before. */
  reject: (openid: string, template: string, clears: boolean) => void
  left: (openid: string, template: string) => number
  /** Uses one up; false when there is none. Long-term ones are never used up. */
  take: (openid: string, template: string, longTerm: boolean) => boolean
}

export function createLedger(): Ledger {
  const counts = new Map<string, number>()
  const key = (openid: string, template: string) => `${openid} ${template}`
  const left = (openid: string, template: string) => counts.get(key(openid, template)) ?? 0
  return {
    left,
    accept: (openid, template) => void counts.set(key(openid, template), left(openid, template) + 1),
    reject: (openid, template, clears) => {
      if (clears) counts.delete(key(openid, template))
    },
    take: (openid, template, longTerm) => {
      const count = left(openid, template)
      if (count === 0) return false
      if (!longTerm) counts.set(key(openid, template), count - 1)
      return true
    },
  }
}
