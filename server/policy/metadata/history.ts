import type { Day } from '#shared/day'
import { daysIn } from './date.ts'

/** What the lines under a title tell: what was done with the document on which day. */
export interface Happening {
  day: Day
  what: 'adopted' | 'promulgated' | 'amended' | 'revised' | 'in-force'
}

const VERBS: [RegExp, Happening['what']][] = [
  [/修订/, 'revised'],
  [/修正|修改/, 'amended'],
  [/施行|实施|生效|执行/, 'in-force'],
  [/公布|发布|印发|公告|令第/, 'promulgated'],
  [/通过|批准|审议/, 'adopted'],
]

/** The happenings of a document's history in their order. Names of decisions in 《》 are no verbs. */
export function happeningsIn(notes: string[]): Happening[] {
  return notes.flatMap(note => {
    const text = unquoted(note)
    const days = daysIn(text)
    return days.flatMap(({ day, end }, index): Happening[] => {
      const said = text.slice(end, days[index + 1]?.at ?? text.length)
      const before = text.slice(days[index - 1]?.end ?? 0, days[index]?.at)
      if (/^\s*起(?:正式)?(?:施行|实施|生效|执行)|^\s*起生效/.test(said)) return [{ day, what: 'in-force' }]
      const found = VERBS.find(([verb]) => verb.test(said))
      if (found) return [{ day, what: found[1] }]
      return /自$/.test(before.trim()) ? [{ day, what: 'in-force' }] : []
    })
  })
}

/** Blanks what stands in 《》, so that places stay right. */
function unquoted(text: string): string {
  let depth = 0
  return [...text]
    .map(letter => {
      if (letter === '《') depth++
      const inside = depth > 0
      if (letter === '》') depth = Math.max(0, depth - 1)
      return inside ? ' ' : letter
    })
    .join('')
}
