import {
  BARE,
  COUNTED,
  DIGITS,
  IDLE_ONE,
  SAME_MEASURE,
  SHARE,
  TEN_THOUSAND,
  UNITS,
} from './figure-vocabulary.ts'

/**
 * The figures of a text as they are compared, each once: `30日` for 三十日, 30日 and 30天; `/0.6667` for 三分之二;
 * `第17条` for 第十七条; `50000元` for 五万元. A bare number in digits is itself.
 */
export function figuresIn(text: string): string[] {
  const plain = text.normalize('NFKC')
  const figures = new Set<string>()
  const rest = plain
    .replace(SHARE, (_, below?: string, above?: string, slashed?: string, percent?: string) => {
      figures.add(`/${shareOf(slashed?.split('/') ?? [above ?? '', below ?? ''], percent).toFixed(4)}`)
      return ' '
    })
    .replace(COUNTED, (_, ordinal: string, numeral: string, measure: string) => {
      const value = valueOf(numeral) * (measure === TEN_THOUSAND ? 10_000 : 1)
      const idle = value === 1 && ordinal === '' && !/\d/.test(numeral) && IDLE_ONE.has(measure)
      if (!idle && !Number.isNaN(value))
        figures.add(`${ordinal}${value}${SAME_MEASURE.get(measure) ?? measure}`)
      return ' '
    })
  for (const [bare] of rest.matchAll(BARE)) figures.add(String(valueOf(bare)))
  return [...figures]
}

const shareOf = ([above = '', below = '']: readonly string[], percent: string | undefined): number =>
  percent === undefined ? valueOf(above) / valueOf(below) : Number(percent) / 100

/** The value of 五万, 二百七十五, 一千零一, 275, 1,000 or 3.5万; NaN for nothing of that kind. */
export function valueOf(numeral: string): number {
  const [, digits = '', unit = ''] = /^([\d,，.]+)([万亿]?)$/.exec(numeral) ?? []
  if (digits !== '') return Number(digits.replace(/[,，]/g, '')) * (UNITS.get(unit) ?? 1)
  const letters = [...numeral]
  if (letters.length === 0) return NaN
  if (!letters.some(letter => UNITS.has(letter)))
    return Number(letters.map(letter => DIGITS.get(letter)).join(''))
  let whole = 0
  let section = 0
  let digit = 0
  for (const letter of letters) {
    const unit = UNITS.get(letter)
    if (unit === undefined) digit = DIGITS.get(letter) ?? NaN
    else if (unit >= 10_000) {
      whole += (section + digit || 1) * unit
      section = 0
      digit = 0
    } else {
      section += (digit || 1) * unit
      digit = 0
    }
  }
  return whole + section + digit
}
