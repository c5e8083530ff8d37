/** The digits of Chinese numerals and what each is worth. */
export const DIGITS = new Map<string, number>([
  ['〇', 0],
  ['零', 0],
  ['一', 1],
  ['二', 2],
  ['两', 2],
  ['三', 3],
  ['四', 4],
  ['五', 5],
  ['六', 6],
  ['七', 7],
  ['八', 8],
  ['九', 9],
])

/** The units inside of Chinese numerals. */
export const UNITS = new Map<string, number>([
  ['十', 10],
  ['百', 100],
  ['千', 1_000],
  ['万', 10_000],
  ['亿', 100_000_000],
])

const NUMERAL = '(?:\\d[\\d,，]{0,15}(?:\\.\\d{1,6})?[万亿]?|[〇零一二两三四五六七八九十百千万亿]{1,15})'
const MEASURE =
  '个工作日|工作日|个月|月|日|天|年|周岁|岁|周|小时|分钟|万元|元|块|倍|人|名|户|亩|公顷|平方米|平方公里|公里|米|厘米|吨|公斤|千克|条|款|项|次|件|份|级|成|个|种|代|村|组|票|度'

/** A share: 三分之二, 百分之八十, 2/3, 80%. */
export const SHARE = new RegExp(
  `(${NUMERAL})分之(${NUMERAL})|(?<![\\d/.])(\\d{1,3}/\\d{1,3})(?![\\d/.])|(\\d+(?:\\.\\d+)?)\\s?[%％]`,
  'g',
)
/** A number with what it counts. */
export const COUNTED = new RegExp(`(第?)(${NUMERAL})\\s?(?:多|余)?(${MEASURE})`, 'g')
/** A number in digits that counts nothing named. */
export const BARE = /(?<![\d.])\d[\d,，]*(?:\.\d+)?(?![\d.])/g

/** Measures that mean the same. */
export const SAME_MEASURE = new Map<string, string>([
  ['天', '日'],
  ['个月', '月'],
  ['块', '元'],
  ['个工作日', '工作日'],
  ['周岁', '岁'],
  ['名', '人'],
  ['万元', '元'],
  ['千克', '公斤'],
])
/** A measure that multiplies. */
export const TEN_THOUSAND = '万元'
/** 一个, 一种, 一次: nothing is counted. */
export const IDLE_ONE = new Set([
  '个',
  '种',
  '次',
  '项',
  '件',
  '条',
  '份',
  '人',
  '度',
  '级',
  '成',
  '代',
  '年',
  '日',
  '天',
])
