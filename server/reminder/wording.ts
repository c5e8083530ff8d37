import type { Day } from '#shared/day'
import type { ReminderKind, ReminderWording } from '#shared/reminder'
import { fit, type Room } from './fitting.ts'
import type { Matter } from './plan.ts'

/** A reminder in words. */
export interface Words {
  title: string
  text: string
}

type Say = (matter: Matter) => Words

const say: Record<ReminderKind, Say> = {
  'session-tomorrow': ({ subject }) => ({ title: subject, text: '明天集中培训，请看时间和地点' }),
  'survey-closing': ({ subject }) => ({ title: subject, text: '问卷快要截止了，几分钟就能填完' }),
  'result-published': ({ subject }) => ({ title: subject, text: '结果已经公布，点开就能看到' }),
  'unfinished-quiz': ({ count }) => ({ title: '今日一测', text: `还有 ${count} 题没答完，点开接着答` }),
  'review-due': ({ count }) => ({ title: '今日复习', text: `有 ${count} 题到了复习的日子` }),
  'daily-lesson': ({ subject }) => ({ title: subject, text: '今日一课，约三分钟读完' }),
}

/** Other words for the day's work. Honest and friendly: no guilt, no haste, no points. */
const otherwise: Partial<
  Record<ReminderKind, Record<Exclude<ReminderWording, 'plain'>, (matter: Matter) => string>>
> = {
  'unfinished-quiz': {
    brief: ({ count }) => `剩 ${count} 题，有空答一下`,
    reason: ({ count }) => `答完 ${count} 题，今天学的记得更牢`,
  },
  'review-due': {
    brief: ({ count }) => `复习 ${count} 题，有空看看`,
    reason: ({ count }) => `这时复习 ${count} 题，不容易忘`,
  },
  'daily-lesson': {
    brief: () => '今天的微课，有空读一读',
    reason: () => '读完有一件明天能做的事',
  },
}

/** Whether there are several wordings of a reminder of this kind. */
export const hasWordings = (kind: ReminderKind): boolean => kind in otherwise

/** What a cadre reads in the inbox. */
export function wordsOf(matter: Matter, wording: ReminderWording = 'plain'): Words {
  const plain = say[matter.kind](matter)
  const other = wording === 'plain' ? undefined : otherwise[matter.kind]?.[wording]
  return other ? { ...plain, text: other(matter) } : plain
}

/** How a template names its fields: two of type `thing`, one of type `time` or `date`. */
export interface FieldNames {
  title: string
  text: string
  time: string
}

/** What a template's fields say; each as long as its type allows. */
export function fieldsOf(words: Words, at: { day: Day; slot: string }, names: FieldNames) {
  return {
    [names.title]: fitted(words.title),
    [names.text]: fitted(words.text),
    [names.time]: `${dayInWords(at.day)} ${at.slot}`,
  }
}

/** A `thing` takes twenty characters. Source: subscribeMessage.send. */
const THING = { characters: 20, bytes: Infinity }
const EMPTY = '请打开查看'

/** A text as one line that fits, by default a `thing`, with … where it was cut; never empty. */
export const fitted = (value: string, room: Room = THING): string => fit(value, room) || EMPTY

const dayInWords = (day: Day): string => `${Number(day.slice(0, 4))}年${dateInWords(day)}`

/** 11月23日 */
export const dateInWords = (day: Day): string => {
  const [, month, date] = day.split('-').map(Number)
  return `${month}月${date}日`
}

/** What stands around a reminder that goes to a member of an enterprise. */
export const toMembers = {
  subject: '标题',
  text: '内容',
  /** Before a title that is too short to stand alone. */
  titled: (title: string) => `学习提醒：${title}`,
  open: '打开',
  openByHand: '请在企业微信里打开“日知”小程序',
}
