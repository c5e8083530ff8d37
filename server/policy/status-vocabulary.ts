import type { StatusEvent } from './timeline.ts'

/** The columns of a status table by the words that head them. */
export const COLUMNS = {
  title: ['文件名称', '文件', '法规名称', '名称', 'title'],
  event: ['事件', '状态变化', 'event'],
  day: ['日期', '版本日期', 'day'],
  from: ['施行日期', '生效日期', '起算日期', 'from'],
  successor: ['取代它的文件', '取代为', '新文件', 'successor'],
  source: ['来源', '依据', 'source'],
  checkedOn: ['核对日期', 'checkedon'],
} as const

/** The words for what happened. */
export const EVENT_WORDS: Record<string, StatusEvent> = {
  公布: 'promulgated',
  制定: 'promulgated',
  修正: 'amended',
  修改: 'amended',
  修订: 'revised',
  废止: 'repealed',
  失效: 'repealed',
  取代: 'replaced',
  现行有效: 'current',
}
