const NUMERAL = '(\\d{1,3}|[一二两三四五六七八九十百]{1,5})'

/** 自收到申请之日起二十日内; 在十五个工作日内; 三个月内; 提前三十日: before-word, number, unit, direction. */
export const PERIOD = new RegExp(
  `(?:(?:自|在(?=被))(?![治然己愿行主身])([^，。；：]{1,30}?)(?:之日)?起)?(提前|至少提前)?[在于]?\\s?${NUMERAL}\\s?(个工作日|个?月|日|天|年)(?:(以内|之内|内)|(以前|之前|前))?`,
  'g',
)

/** Laws in which periods of these days are working days, and where they say so. */
export const WORKDAY_LAWS: readonly {
  title: string
  days: 'all' | readonly number[]
  clause: string
  unless?: RegExp
}[] = [
  // Only the periods of the authorities, not those in which others may ask for something.
  { title: '行政许可法', days: 'all', clause: '第八十二条', unless: /^[^，。；]{0,4}提出/ },
  { title: '行政处罚法', days: [2, 3, 5, 7], clause: '第八十五条' },
  { title: '行政强制法', days: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], clause: '第六十九条' },
  { title: '行政复议法', days: [3, 5, 7, 10], clause: '第八十八条' },
]

/** What may stand before the title of a law. */
export const STATE_IN_TITLE = /^中华人民共和国/

/** The units of periods as clauses write them. */
export const UNIT_WORDS = new Map<string, 'workday' | 'day' | 'month' | 'year'>([
  ['个工作日', 'workday'],
  ['日', 'day'],
  ['天', 'day'],
  ['月', 'month'],
  ['个月', 'month'],
  ['年', 'year'],
])

/** Behind a period: it is a condition and sets nothing, 二十日内不能作出决定的. */
export const CONDITION = /^(?:不能|未|没有|无法|仍)/
