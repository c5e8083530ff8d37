import {
  AFTER_NAME,
  BEFORE_NAME,
  BEHIND_SHORT_NAME,
  DOUBLE_SURNAMES,
  NO_NAME,
  PERSON_SIGNS,
  SURNAMES,
  TOWARDS,
} from './name-vocabulary.ts'

const NAME = `(?:${DOUBLE_SURNAMES}|[${SURNAMES}])\\p{Script=Han}{1,2}`
const AFTER_WORD = new RegExp(`(?:${BEFORE_NAME})[:\uff1a\u662f\u4e3a]?(?=(${NAME}))`, 'gu')
const BEFORE_WORD = new RegExp(`(?<!\\p{Script=Han})(${NAME})(?=${AFTER_NAME})`, 'gu')
/** 某 or × */
const MASKED = /[\u67d0\u00d7]/
const DOUBLE = new RegExp(`^(?:${DOUBLE_SURNAMES})`)
const FAMILY = new RegExp(`^(?:${DOUBLE_SURNAMES}|.)`, 'u')

/**
 * Persons' names made unreadable: 张三 becomes 张某, another Zhang 张某乙, the same one always the same. A name is known
 * by what stands around it (我叫…, 村民…, …同志); one that nothing tells from other words stays.
 */
export function withoutNames(text: string): string {
  const names = [...new Set(namesIn(text))].sort((a, b) => b.length - a.length)
  const families = new Map<string, number>()
  let masked = text
  for (const name of names) {
    const family = FAMILY.exec(name)?.[0] ?? ''
    const count = families.get(family) ?? 0
    families.set(family, count + 1)
    masked = masked.replaceAll(name, `${family}${PERSON_SIGNS[Math.min(count, PERSON_SIGNS.length - 1)]}`)
  }
  return masked
}

function* namesIn(text: string): Generator<string> {
  for (const [, found = ''] of text.matchAll(AFTER_WORD)) {
    const name = cut(found)
    if (isName(name)) yield name
  }
  for (const [, found = ''] of text.matchAll(BEFORE_WORD)) if (isName(found)) yield found
}

/** A name of two characters whose third is the next word is cut there; nothing where already the second is. */
function cut(found: string): string {
  const family = DOUBLE.exec(found)?.[0].length ?? 1
  const [first = '', last = ''] = found.slice(family)
  if (BEHIND_SHORT_NAME.includes(first)) return ''
  return last !== '' && BEHIND_SHORT_NAME.includes(last) ? found.slice(0, family + 1) : found
}

const isName = (name: string): boolean =>
  name.length >= 2 && !NO_NAME.test(name) && !TOWARDS.test(name) && !MASKED.test(name)
