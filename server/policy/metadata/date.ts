import type { Day } from '#shared/day'
import { readNumeral } from '../split/numeral.ts'

/** A day named in a text, and where. */
export interface NamedDay {
  day: Day
  at: number
  end: number
}

const YEAR = String.raw`(?:(?:1[89]|20)\d\d|[一二][〇○零九八][〇○零一二三四五六七八九]{2})`
const SMALL = String.raw`(?:\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])`
const DAY = new RegExp(String.raw`(${YEAR})\s?年\s?(${SMALL})\s?月\s?(${SMALL})\s?日`, 'g')
const FILE_DAY = /(?<!\d)((?:19|20)\d{2})[-._年]?(0[1-9]|1[0-2])[-._月]?(0[1-9]|[12]\d|3[01])日?(?!\d)/

/** The days a text names, in order: 2019年4月23日, ２０１９年, 二〇一九年四月二十三日. */
export function daysIn(text: string): NamedDay[] {
  const plain = text.replace(/[０-９]/g, digit => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
  return [...plain.matchAll(DAY)].flatMap(found => {
    const day = dayFrom(found[1], found[2], found[3])
    return day === null ? [] : [{ day, at: found.index, end: found.index + found[0].length }]
  })
}

/** The day in a file's name: 条例(2019-04-23).md, 条例_20190423.docx; null without one. */
export function dayInName(name: string): Day | null {
  const found = FILE_DAY.exec(name)
  return found === null ? null : dayFrom(found[1], found[2], found[3])
}

/** A day as editors type it: 2019-04-23, 2019/4/23, 2019.4.23, 20190423, 2019年4月23日; null for anything else. */
export function readDay(text: string): Day | null {
  const plain = text.normalize('NFKC').trim()
  const found = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(plain) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(plain)
  if (found) return dayFrom(found[1], found[2], found[3])
  const [named] = daysIn(plain)
  return named?.at === 0 && named.end === plain.length ? named.day : null
}

function dayFrom(year = '', month = '', day = ''): Day | null {
  const [y, m, d] = [year, month, day].map(readNumeral)
  const text = `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`
  const moment = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text) ? text : null
}
