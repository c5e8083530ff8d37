import type { Day } from '#shared/day'
import { daysOfForce } from './force.ts'
import { documentNumberIn } from './number.ts'
import { titleKey } from './title.ts'

/** A document that another one repeals, and the words that say so. */
export interface Repeal {
  key: string
  title: string
  /** The article that says so; '' outside of articles. */
  label: string
  /** 文号 of the document, where the text gives it; '' without. */
  number: string
  /** From when on. */
  from: Day | null
}

const REPEALS = /(?:同时|即行|自行|一并|予以|相应)\s?(?:废止|失效|停止执行|停止施行)/
const SENTENCE = /[^。；]*[。；]?/g
const BRACKETED = /^\s?[（(]([^（）()]{4,40})[）)]/
const TITLE = /《((?:[^《》]|《[^《》]*》)+)》/g

/** The documents a text repeals as a whole: “《…》同时废止”. What is repealed in part is left out. */
export function repealsIn(label: string, text: string, otherwise: Day | null): Repeal[] {
  const from = daysOfForce(text).at(-1) ?? otherwise
  return (text.match(SENTENCE) ?? []).flatMap(sentence => {
    const said = REPEALS.exec(sentence)
    if (said === null) return []
    const named = sentence.slice(0, said.index)
    return [...named.matchAll(TITLE)].flatMap(found => {
      const after = named.slice(found.index + found[0].length)
      const whole = /^\s?(?:$|[、，,和及与（(]|以及|等)/.test(after)
      if (!whole || found[1] === undefined) return []
      const number = documentNumberIn([BRACKETED.exec(after)?.[1] ?? ''])
      return [{ key: titleKey(found[1]), title: found[1], label, number, from }]
    })
  })
}
