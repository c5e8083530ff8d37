import { foldWidth } from './fold.ts'
import { RIGHT_WORDS, TYPE_NAMES, WRONG_WORDS, type StatedType } from './vocabulary.ts'

const COMPILED = TYPE_NAMES.map(
  ([type, pattern]) =>
    [type, new RegExp(`^(?:${pattern.source})(?:题|类|类题|试题|题型|题目|题库)?$`)] as const,
)

/** The type a word names ("单选题", "multiple_choice"), or null. */
export function readType(text: string): StatedType | null {
  const word = foldWidth(text)
    .toLowerCase()
    .replace(/[\s\-_、.:()\[\]/]+/g, '')
    .replace(/^\d+/, '')
  if (word === '' || word.length > 24) return null
  for (const [type, pattern] of COMPILED) if (pattern.test(word)) return type
  return null
}

const HEADING_PREFIX =
  /^\s*(?:第\s*[一二三四五六七八九十\d]{1,3}\s*(?:部分|大题|章|节|类|题型)|[(\[]\s*[一二三四五六七八九十]{1,3}\s*[)\]]|[一二三四五六七八九十]{1,3}(?=\s*[、.:])|\d{1,2}(?=\s*[、.])|[ivx]{1,4}(?=\s*[、.]))?[、.:\s]*/i

/** The type a heading names ("一、单项选择题（共20题，每题1分）"), or null when the line is no heading of a type. */
export function readHeading(line: string): StatedType | null {
  const folded = foldWidth(line).trim()
  if (folded.length > 80 || folded === '') return null
  const core = folded
    .replace(HEADING_PREFIX, '')
    .replace(/\([^()]*\)|\[[^\[\]]*\]/g, '')
    .replace(/^\((?:[^()]*)$/, '')
    .replace(/\s*[(](?=[共每本]).*$/, '')
    .replace(/[:,.;、]?\s*(?:共|每小?题|本大?题|计)\s*\d.*$/, '')
    .replace(/[:.、]+$/, '')
    .replace(/\s*\d+\s*[道题]*$/, '')
    .trim()
  const bracketed = /^[(\[]\s*([^()\[\]]{2,12})\s*[)\]]$/.exec(folded)?.[1]
  const type = readType(bracketed ?? core)
  if (type === null) return null
  // A single word such as 分析 or case heads a section only as 分析题 or with a number before it.
  const named = /题|choice|judg|blank|true/i.test(folded)
  return named ||
    HEADING_PREFIX.exec(folded)?.[0] !== '' ||
    /^(?:单选|多选|判断|填空|单项选择|多项选择)$/.test(core)
    ? type
    : null
}

/** The verdict an answer is or opens with, an explanation in brackets or behind a comma: "×（应为五年）". */
export function leadingVerdict(answer: string): boolean | null {
  const word = /^\s*([^\s（(，,。；;]{1,3})\s*[（(，,。；;]/.exec(answer)?.[1]
  return readVerdict(answer) ?? (word === undefined ? null : readVerdict(word))
}

/** Whether a word says a statement is right (true) or wrong (false); null when it says neither. */
export function readVerdict(text: string): boolean | null {
  const word = foldWidth(text)
    .toLowerCase()
    .replace(/[\s.()\[\]]+/g, '')
  if (RIGHT_WORDS.has(word)) return true
  return WRONG_WORDS.has(word) ? false : null
}
