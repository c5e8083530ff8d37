import type { Day } from '#shared/day'
import type { Level } from '../metadata/level.ts'
import type { Region } from '../metadata/region.ts'
import type { Allowance } from './answer-limit.ts'
import type { AskedDay } from './asked-day.ts'
import type { Authorship } from './authorship.ts'
import type { Deadline, Period } from './deadline.ts'
import type { ExtractiveAnswer } from './excerpt.ts'
import type { RefusalReason } from './gate.ts'
import type { Passage } from './passage.ts'

/** The label on an answer. */
export const authorshipWords: Record<Authorship, string> = {
  model: 'AI生成',
  excerpt: '原文摘录',
  reviewed: '人工审核',
}

/** What is added when an answer is copied or exported; only a model's words need it. */
export const copyLine = (by: Authorship): string => (by === 'model' ? '（本内容由AI生成）' : '')

/** The line at the foot of the chat; nothing where no model is set up. */
export const chatLine = (hasModel: boolean): string =>
  hasModel ? '标有“AI生成”的内容由AI生成，仅供参考' : ''

/** The two lines above excerpts: which clauses, and what they govern. */
export function extractiveLines({ names, subjects }: ExtractiveAnswer): [string, string] {
  const clauses = names.map(({ title, label }, at) => {
    const same = label !== '' && names[at - 1]?.title === title
    return `${same ? '' : `《${title}》`}${label}[${at + 1}]`
  })
  const first = `相关规定有 ${clauses.length} 条：${clauses.join('、')}。`
  if (subjects.words.length === 0) return [first, '条文原文如下。']
  if (subjects.of === 'headings') return [first, `所在章节：${subjects.words.join('；')}。`]
  return [first, `条文开头：${subjects.words.map(words => `“${words}……”`).join('；')}。`]
}

/** How a clause stands, as the row below an answer says it. */
export function standingWords({ standing, confirmed, newerMissing, collectedOn }: Standing): string {
  const collected = collectedOn === null ? '收录日期不明' : `收录截至 ${collectedOn}`
  const missing = standing === 'superseded' && newerMissing ? '（新版全文还没有收录）' : ''
  return `${standings[standing](confirmed)}${missing}，${collected}`
}

type Standing = Pick<Passage, 'standing' | 'confirmed' | 'collectedOn'> & {
  /** A later version applies whose words are not stored. */
  newerMissing?: boolean
}

const standings: Record<Passage['standing'], (confirmed: boolean) => string> = {
  'in-force': confirmed => (confirmed ? '现行有效' : '状态未核实'),
  'not-yet': () => '尚未施行',
  superseded: () => '已有新版',
  repealed: () => '已废止',
}

/** 效力层级 in words. */
export const levelNames: Record<Level, string> = {
  constitution: '宪法',
  law: '法律',
  regulation: '行政法规',
  interpretation: '司法解释',
  party: '党内法规',
  'local-regulation': '地方性法规',
  rule: '规章',
  normative: '规范性文件',
}

/** The level of a document, with the place it is for where that is not the whole state. */
export const levelWords = ({ level, region }: { level: Level; region: Region }): string =>
  [levelNames[level], region.path.join('')].filter(word => word !== '').join(' · ')

/** Why there is no answer, and what happens next. */
export function refusalWords(reason: RefusalReason, names: readonly string[] = []): string {
  const next = '问题已经记下，会有人来看。您也可以换个说法，写明是什么事、哪部法规。'
  switch (reason) {
    case 'law-absent':
      return `资料库里没有收录${names.map(name => `《${name}》`).join('、')}，没有依据，不能回答。${next}`
    case 'article-absent':
      return `收录的版本里没有您说的这一条，请核对条号。${next}`
    case 'nothing-found':
    case 'too-little':
      return `没有找到依据，不能回答。${next}`
  }
}

/** Why an answer is made of excerpts although there is a model, or ends where it does. */
export function noticeWords(outcome: 'failed' | 'unsupported' | 'no-evidence' | 'stopped'): string {
  switch (outcome) {
    case 'failed':
      return 'AI 暂时没有答上来，下面是条文原文。'
    case 'unsupported':
      return 'AI 写的内容没有通过依据核对，没有采用，下面是条文原文。'
    case 'no-evidence':
      return 'AI 认为这些条文没有直接回答您的问题，下面是找到的条文原文，请自行核对。'
    case 'stopped':
      return '已停止。'
  }
}

/** What a reached limit means. */
export function limitWords(allowance: Extract<Allowance, { model: false }>): string {
  if (allowance.reached === 'cadre') return '今天的 AI 回答次数用完了，下面是条文原文，明天可以再用。'
  return '今天全县的 AI 回答额度用完了，下面是条文原文，明天可以再用。'
}

/** What is said to a text with words of the sensitive list. */
export const SENSITIVE_REFUSED = '这段话里有不能受理的内容，没有保存。请换个说法，只问政策法规。'

const units: Record<Period['unit'], string> = { workday: '个工作日', day: '天', month: '个月', year: '年' }

/** One deadline of a checklist. */
export function deadlineWords(period: Period, deadline: Deadline | null, start: Day): string {
  const basis = period.workdayClause === '' ? '' : `（该法${period.workdayClause}：按工作日算）`
  if (deadline === null) return `期限：${period.words}${basis}，从那件事的日子往前算。`
  const from = period.from === '' ? '' : `“${period.from}”`
  const moved = deadline.moved ? '，最后一天遇休息日已顺延' : ''
  const unknown = deadline.holidaysUnknown ? '，跨到的年份放假安排还没有公布，只扣除了周末' : ''
  const length = `${period.count} ${units[period.unit]}`
  return `期限：${period.words}${basis}。${from}如果是 ${start}，${length}到 ${deadline.day} 为止${moved}${unknown}。`
}

/** By the law of which day an answer is; '' for today. */
export const asOfWords = ({ day, told }: AskedDay): string => (told ? `按 ${day} 的规定` : '')

/** What is known of a document that has ended. */
export const endedWords = ({ name, successor, source }: Ended): string =>
  successor === ''
    ? `《${name}》已经废止（${source}）。`
    : `《${name}》已被《${successor}》取代（${source}）。`

interface Ended {
  name: string
  successor: string
  source: string
}

/** Clauses of which a newer text applies that is not stored. */
export const newerMissingWords = (titles: readonly string[]): string =>
  `请注意：${titles.map(title => `《${title}》`).join('、')}已有新版，资料库里还没有新版全文，下面是旧版条文，请以新版为准。`

/** There are no documents at all. */
export const NOTHING_STORED = '政策库里还没有文件，暂时不能回答。管理员导入政策文件以后就可以问了。'
/** A question without words that could be looked for. */
export const NO_WORDS = '没有看懂这个问题。请用一句话写明想办什么事、想查哪条规定。'

/** The export of one's own questions. */
export const exportWords = {
  title: '我的提问',
  name: (day: Day) => `我的提问-${day}.md`,
  asked: (at: string) => `提问时间：${at}`,
  sources: '依据：',
}
