import { readNumeral } from './numeral.ts'

/** The mark an article begins with: 第十七条之一. */
export interface ArticleMark {
  label: string
  number: number
  /** 1 for 之一; 0 without. */
  sub: number
  /** The text behind the mark. */
  rest: string
  /** White space or a bracket parts the mark from its text, as in no mere mention of an article. */
  clear: boolean
}

const NUMBER = String.raw`[零〇○一二三四五六七八九十百千两\d０-９]{1,9}`
const ARTICLE = new RegExp(
  String.raw`^第\s?(${NUMBER})\s?条(?:\s?之\s?([一二三四五六七八九十\d]{1,3}))?(?=([\s【:：]|（(?![一二三四五六七八九十]{1,3}）)|$)|.)`,
)
/** What follows an article's number where a sentence speaks about the article. */
const MENTION =
  /^(?:的|所|规定|之规定|、|，|,|；|和|与|及|至|或|中|第|款|项|关于|修改|增加|删|明确|情形|内容|以|到|[-—－~～])/

export function articleMark(text: string): ArticleMark | null {
  const found = ARTICLE.exec(text)
  if (found === null) return null
  const number = readNumeral(found[1] ?? '')
  if (!(number > 0)) return null
  const after = text.slice(found[0].length)
  const rest = after.trim()
  const sub = found[2] === undefined ? 0 : readNumeral(found[2])
  const clear = found[3] !== undefined
  if (!clear && MENTION.test(rest)) return null
  return { label: found[0].replace(/\s/g, ''), number, sub, rest, clear }
}

/** A heading: 第二章 总则 and, without a mark of its own, 附则 or what the format marks. */
export interface HeadingMark {
  /** 1 for 编 to 5 for 目; 6 for 一、 and 7 for （一）. */
  rank: number
  /** 第二章, 一, （一）; '' without a mark. */
  label: string
}

const RANKS = new Map([
  ['编', 1],
  ['篇', 1],
  ['分编', 2],
  ['章', 3],
  ['节', 4],
  ['目', 5],
])
const STRUCTURE = new RegExp(
  String.raw`^第\s?${NUMBER}\s?(分编|编|篇|章|节|目)(?:\s?之[一二三四五六七八九十])?`,
)
const LONGEST_HEADING = 50
const BARE = /^(?:附则|总则|序言|前言|引言|罚则)$/
const ITEM = /^([一二三四五六七八九十]{1,3})\s?[、.．]/
const SUB_ITEM = /^[（(]\s?([一二三四五六七八九十]{1,3})\s?[）)]/

/** The mark of a structural heading; null for text that only speaks about a chapter. */
export function structureMark(text: string): HeadingMark | null {
  const plain = text.replace(/\s/g, '')
  if (BARE.test(plain)) return { rank: 3, label: '' }
  const found = STRUCTURE.exec(text)
  if (found === null || text.length > LONGEST_HEADING) return null
  const rest = text.slice(found[0].length).trim()
  if (/[。；;！？，,]/.test(rest) || /^(?:的|所|规定|至|和|与|或|及|中|、|第)/.test(rest)) return null
  return { rank: RANKS.get(found[1] ?? '') ?? 3, label: found[0].replace(/\s/g, '') }
}

/** The number an item begins with: 一、 or （一）. */
export function itemMark(text: string): HeadingMark | null {
  const item = ITEM.exec(text)
  if (item) return { rank: 6, label: item[1] ?? '' }
  const sub = SUB_ITEM.exec(text)
  return sub ? { rank: 7, label: `（${sub[1] ?? ''}）` } : null
}

const ANNEX = /^附\s?(?:件|表|录|图|注)?\s?(?:[一二三四五六七八九十]{1,3}|\d{1,2})?(?:\s?[:：]|\s|$)/

/** 附件1, 附表, 附：…: what follows belongs to no article. */
export const isAnnexMark = (text: string): boolean =>
  text.length <= 80 && ANNEX.test(text) && !/[。；，]$/.test(text) && !/^附\s?则/.test(text)

/** A short line without an end: it heads what follows. */
export const isShortTitle = (text: string, longest = 40): boolean =>
  text.length <= longest && !/[。；;：:，,！？…”"]$/.test(text)

/** What a line is that holds the words table of contents and nothing else. */
export const isContentsMark = (text: string): boolean => /^目\s*[录次]$/.test(text)
