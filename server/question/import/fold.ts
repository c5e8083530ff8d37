/**
 * Full-width letters, digits and punctuation as their half-width twins, one character for one, so that positions in
 * the folded text are positions in the text.
 */
export function foldWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e\u3000\u00a0\u2000-\u200a。【】〔〕﹝﹞]/g, letter => {
    const code = letter.charCodeAt(0)
    if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0)
    return FOLDED[letter] ?? ' '
  })
}

const FOLDED: Record<string, string> = {
  '。': '.',
  '【': '[',
  '】': ']',
  '〔': '[',
  '〕': ']',
  '﹝': '[',
  '﹞': ']',
}

/** Long runs of spaces say nothing and would make patterns slow. */
export const withShortSpaces = (text: string): string =>
  text.replace(/[^\S\n]{9,}/g, '        ').replace(/\n{9,}/g, '\n\n')

/** Text as it is shown: no invisible letters, no HTML, runs of spaces as one. Line ends stay. */
export function tidy(text: string): string {
  return withoutHtml(text)
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad\u0000-\u0008\u000b-\u001f]/g, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n\s*/g, '\n')
    .trim()
}

const TAG =
  /<\/?(?:p|br|div|span|b|strong|i|em|u|font|sup|sub|li|ul|ol|h[1-6]|label|a|small|section|center|blockquote|table|tbody|tr|td|th|o:p)(?:\s[^<>]*)?\/?>/gi
const ENTITIES: Record<string, string> = {
  nbsp: ' ',
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  ldquo: '“',
  rdquo: '”',
  middot: '·',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  apos: "'",
  times: '×',
  divide: '÷',
  deg: '°',
  permil: '‰',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  radic: '√',
  le: '≤',
  ge: '≥',
}

/** Text without tags and entities; a new paragraph is a new line. */
export function withoutHtml(text: string): string {
  if (!/[<&]/.test(text)) return text
  return text
    .replace(/<u>(?:\s|&nbsp;)*<\/u>/gi, '____')
    .replace(/<br\s*\/?>|<\/(?:p|div|li|tr)>\s*(?=<)/gi, '\n')
    .replace(TAG, '')
    .replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|([a-z]{2,8}));/gi, (whole, decimal, hex, name: string) =>
      decimal === undefined && hex === undefined
        ? (ENTITIES[name] ?? whole)
        : letterOf(Number(decimal ?? `0x${hex}`), whole),
    )
}

const letterOf = (code: number, whole: string): string =>
  code >= 32 && code <= 0x10ffff ? String.fromCodePoint(code) : whole

/** Text for comparing only: width, case, spaces, kinds of quotes and punctuation at the end make no difference. */
export function comparable(text: string): string {
  return (
    foldWidth(text)
      .normalize('NFKC')
      .toLowerCase()
      // "1 19" and "11 9" differ by nothing but the space.
      .replace(/(?<!\d)\s+|\s+(?!\d)/g, '')
      .replace(/\s+/g, ' ')
      .replace(/[“”„‟「」『』"'‘’]/g, '"')
      .replace(/[、]/g, ',')
      .replace(/[—–―－~～〜﹣]+/g, '-')
      .replace(/[.,;:]+$/, '')
  )
}
