/** The digits of Chinese numerals and what each is worth. */
export const DIGITS = new Map(
  [...'零一二三四五六七八九']
    .map((digit, value): [string, number] => [digit, value])
    .concat([
      ['〇', 0],
      ['○', 0],
      ['两', 2],
    ]),
)

/** The units of Chinese numerals. */
export const UNITS = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
])
