import type { Day } from '#shared/day'
import type { PointCause } from '#shared/points'
import type { PointRule } from './earning.ts'

/** What an entry is about, for its sentence. */
export interface EntryDetail {
  /** Number of the question in its paper. */
  number?: number
  /** Title of the lesson. */
  title?: string
  /** For a correction: the day of the answer it corrects. */
  of?: Day
  /** Why it brought less than usual: the day's cap, or the day's number of paid questions. */
  limit?: 'cap' | 'questions'
}

/** The names of the causes, as the tally shows them. */
export const causeLabel: Record<PointCause, string> = {
  lesson: '今日一课',
  question: '每日答题',
  review: '复习',
  correction: '更正',
}

/** A day as people say it: 9月3日. */
const dayText = (day: Day): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`

const signed = (points: number): string => (points < 0 ? `${points}` : `+${points}`)

/** One ledger entry in words: 9月3日 每日答题 第2题 +1，规则第1版. */
export function entryText(entry: {
  day: Day
  cause: PointCause
  points: number
  ruleVersion: number
  detail: EntryDetail
}): string {
  const { day, cause, points, ruleVersion, detail } = entry
  const words = [dayText(day), causeLabel[cause], ...about(detail), signed(points)]
  const limit = detail.limit ? `，${limitText[detail.limit]}` : ''
  return `${words.join(' ')}${limit}，规则第${ruleVersion}版`
}

const limitText = { cap: '当天积分已到上限', questions: '当天答题积分已到上限' } as const

function about({ number, title, of }: EntryDetail): string[] {
  const question = number === undefined ? '' : `第${number}题`
  const parts = [title ? `《${title}》` : '', of ? `${dayText(of)}${question}` : question]
  return parts.filter(part => part !== '')
}

/** The rule in words, one sentence a line. */
export const ruleLines = (rule: PointRule): string[] => [
  `读完一课得${rule.lesson}分`,
  `每日答题每做对一题得${rule.question}分，当场改对也算，一天最多${rule.questionDailyMax}题`,
  `做完一次到期复习得${rule.review}分，一天一次`,
  `一天最多得${rule.dailyCap}分，更正补分不受此限`,
  '登录、转发、在线时长都不计分',
]
