const DIGITS = new Map([...'零一二三四五六七八九'].map((digit, value) => [digit, value]))
for (const [other, digit] of [
  ['〇', '零'],
  ['○', '零'],
  ['Ｏ', '零'],
  ['两', '二'],
  ['元', '一'],
] as const)
  DIGITS.set(other, DIGITS.get(digit) ?? 0)
const UNITS = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
])
const WRITTEN = '零一二三四五六七八九'

/** The value of a number as laws write it: 一百二十三, 二〇二三, 123, １２３. NaN for anything else. */
export function readNumeral(text: string): number {
  const plain = text.normalize('NFKC').replace(/\s/g, '')
  if (/^\d+$/.test(plain)) return Number(plain)
  const letters = [...plain]
  if (letters.length === 0) return NaN
  if (!letters.some(letter => UNITS.has(letter))) {
    const digits = letters.map(letter => DIGITS.get(letter) ?? NaN)
    return digits.reduce((value, digit) => value * 10 + digit, 0)
  }
  let value = 0
  let digit = 0
  for (const letter of letters) {
    const unit = UNITS.get(letter)
    if (unit === undefined) digit = DIGITS.get(letter) ?? NaN
    else {
      value += (digit || 1) * unit
      digit = 0
    }
  }
  return value + digit
}

/** A whole number from 1 to 9,999 as laws write it: 十七, 一百零三, 一千二百六十. */
export function writeNumeral(value: number): string {
  let text = ''
  let gap = false
  for (const [unit, name] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(value / unit) % 10
    if (digit === 0) {
      gap = text !== ''
      continue
    }
    text += `${gap ? '零' : ''}${unit === 10 && digit === 1 && text === '' ? '' : WRITTEN[digit]}${name}`
    gap = false
  }
  return text
}
