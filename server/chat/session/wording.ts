import type { MessageBody } from '#shared/chat'
import type { Question, Source } from '#shared/question'
import { HELP, WELCOME } from '../wording.ts'

/** Said to whoever opens the session. */
export const GREETING =
  '您好，我是日知。在这里直接打字就行：“今日一课”看今天的课，“开始”答今天的题，其他的话当作政策问题来回答；要找人，回复“转人工”。请不要写涉密内容和他人的身份证号、电话。'
export const NOT_KNOWN =
  '还不认识您。请先打开一次小程序，看过隐私说明、登录之后，再回来打字就能答题、问政策。刚才的话没有保存。'
export const OPEN_APP = '打开日知小程序'
export const OPEN_LESSON = '打开这一课'
export const ONLY_TEXT = '这里只看得懂文字，请打字告诉我。'
export const REST = '这里发不下了，其余的请看：'

/** What is said here instead of words that speak of buttons. */
export const withoutButtons = new Map([
  [WELCOME, GREETING],
  [HELP, HELP.replace('可以点按钮，也可以直接打字', '直接打字就行')],
])

/** What the chips would offer. */
export const mayReply = (labels: readonly string[]): string => `可以回复：${labels.join('、')}`

/** A lesson in a few lines. */
export const lessonLines = (lesson: { title: string; scene: string; minutes: number }): string[] => [
  `今日一课：${lesson.title}（约 ${lesson.minutes} 分钟）`,
  lesson.scene,
]

const typeWords: Record<Question['type'], string> = {
  single: '单选',
  multiple: '多选',
  judge: '判断',
  blank: '填空',
}

/** A question's place, type and stem. */
export function questionHead(place: { number: number; of: number; round: number }, question: Question) {
  const again = place.round > 1 ? '，再答一次' : ''
  return `${place.number}/${place.of}（${typeWords[question.type]}${again}）${question.stem}`
}

/** How a question is answered by typing. */
export function howToAnswer({ type, blanks }: Question): string {
  const other = '；不会就回复“不会”，想先放着就回复“跳过”。'
  if (type === 'judge') return `回复“对”或“错”作答${other}`
  if (type === 'multiple') return `可以选几个，回复字母作答，如 BD${other}`
  if (type === 'single') return `回复字母作答${other}`
  return blanks > 1 ? `有 ${blanks} 个空，按顺序写，中间用分号隔开${other}` : `直接写答案${other}`
}

/** Whether an answer was right. */
export function verdictWords(mark: { correct: boolean; dontKnow: boolean; pointsEarned: number }): string {
  const points = mark.pointsEarned > 0 ? `得 ${mark.pointsEarned} 分。` : ''
  if (mark.correct) return `答对了。${points}`
  return mark.dontKnow ? '没关系，记下来，过一会儿再答一次。' : '答错了，过一会儿再答一次。'
}

/** The lines of a mark, each under its name. */
export const markWords = {
  key: (key: string): string => `正确答案：${key}`,
  explanation: (text: string): string => `解析：${text}`,
  source: ({ law, article = '', version, checkedOn }: Source): string =>
    `依据：《${law}》${article}${inBrackets([version, checkedOn && `${checkedOn} 核对`])}`,
}

/** A quiz worked through, in a few lines. */
export function summaryLines(summary: Extract<MessageBody, { type: 'summary' }>): string[] {
  const { kind, of, right, corrected, points, story, returning } = summary
  const name = kind === 'daily' ? '今天的题答完了' : '这次练习做完了'
  const fixed = corrected > 0 ? `，后来改对 ${corrected} 道` : ''
  const back = returning.map(({ day, count }) => `${day} ${count} 道`)
  return [
    `${name}：${of} 道题，一次答对 ${right} 道${fixed}。`,
    points > 0 ? `积分 +${points}：${story}。` : `${story}。`,
    ...(back.length > 0 ? [`会再来的题：${back.join('，')}。`] : []),
  ]
}

/** The lines around what an answer says. */
export const answerWords = {
  label: (label: string): string => `【${label}】`,
  understood: (question: string): string => `您问的是：${question}`,
  clause: (clause: { number: number; title: string; label: string; status: string }): string =>
    `[${clause.number}]《${clause.title}》${clause.label}${inBrackets([clause.status])}`,
}

const inBrackets = (words: readonly (string | undefined)[]): string => {
  const known = words.filter(word => word !== undefined && word !== '')
  return known.length > 0 ? `（${known.join('，')}）` : ''
}
