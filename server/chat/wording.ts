import type { ChatAction, MessageBody } from '#shared/chat'
import type { PointCause } from '#shared/points'
import type { Question } from '#shared/question'
import type { Hint } from './words.ts'

/** A message of plain words. */
export const say = (text: string): MessageBody => ({ type: 'text', text })

export const WELCOME =
  '您好，我是日知。每天一节小课、五道题，几分钟就够。点下面的按钮，或者直接打字都行。不清楚怎么用，回复“帮助”。'
export const HELP = [
  '可以点按钮，也可以直接打字：',
  '“今日一课”看今天的课，“开始”答今天的题。',
  '答题：单选、多选回复字母，如 A 或 BD；判断回复“对”或“错”；填空直接写答案。',
  '拿不准可以写“我猜A”；不会就写“不会”，想先放着就写“跳过”；答完一题说“下一题”。',
  '“错题”看错题本，“复习”练今天到期的题，“我的积分”看积分。',
  '其他的话都当作政策问题，我按收录的条文回答。',
].join('\n')
export const HOW_TO_ASK =
  '直接写下您的问题就行，比如“村民小组能不能自己决定出租集体荒山？”。写明办什么事、哪部法规，找得更准。我只按收录的条文回答，找不到依据会直说。请不要写涉密内容和他人的身份证号、电话。'
export const NO_LESSON = '课程都学完了。今天的题从复习和您选的专题里来，说“开始”就能答。'
export const NO_QUESTIONS = '今天没有要答的题。'
export const DAY_DONE = '今天的题已经答完了。想再练练，可以看看“错题”。'
export const LAST_ONE_LEFT = '这一轮只剩这一道了，试着答一下吧；实在不会就写“不会”。'
export const NOT_OPEN_ANY_MORE = '这道题现在不用再答了，没有重复计分。'
export const EXPIRED = '这组题已经过去了，没答的题以后还会遇到。'
export const WHERE_NOW = '说“下一题”接着答。'
export const WHERE_IDLE = '说“开始”答今天的题。'
export const NOTHING_TO_PRACTISE = '现在没有要练的题，去看看“今日一课”吧。'

/** The day's invitation to the quiz. */
export function invitation(paper: { questions: { reason: string }[]; done: boolean }): string {
  const count = paper.questions.length
  if (count === 0) return NO_QUESTIONS
  if (paper.done) return DAY_DONE
  const reviews = paper.questions.filter(question => question.reason === 'review').length
  const kept = reviews > 0 ? `，其中 ${reviews} 道是之前没答稳的` : ''
  return `今天有 ${count} 道题${kept}。读完课再答也行，说“开始”就开始。`
}

/** Tells how to answer when a text looked like an answer and was none. */
export function hintWords(hint: Hint, inQuiz: boolean): string {
  switch (hint.hint) {
    case 'no-such-option':
      return `这道题没有选项 ${hint.given.join('、')}，请在 A 到 ${hint.last} 里选。`
    case 'one-option':
      return '这道题只选一个答案，请回复一个字母。'
    case 'letters':
      return `这道题请回复选项字母，A 到 ${hint.last}。`
    case 'gaps':
      return `这道题有 ${hint.blanks} 个空，请按顺序写，中间用分号隔开。`
    case 'too-long':
      return '这个答案太长了，请写得短一些。'
    case 'nothing-open':
      return inQuiz ? `这题已经判过了。${WHERE_NOW}` : `现在没有等着答的题。${WHERE_IDLE}`
  }
}

/** What a tap would have been as typed words: it stands in the conversation as the cadre's own message. */
export function ownWords(action: ChatAction, open: { question: Question } | null): string {
  switch (action.type) {
    case 'start':
      return '开始今日一测'
    case 'next':
      return '下一题'
    case 'lesson':
      return '今日一课'
    case 'wrong-book':
      return '错题'
    case 'practise':
      if (action.scope === 'clause') return '练这一条'
      return action.scope === 'due' ? '复习今日到期' : `练错题${action.topic ? `：${action.topic}` : ''}`
    case 'policy':
      return '问政策'
    case 'points':
      return '我的积分'
    case 'help':
      return '帮助'
    case 'dont-know':
      return '不会'
    case 'postpone':
      return '跳过'
    case 'answer':
      return `${action.guessed ? '我猜' : ''}${chosenWords(action.chosen, open?.question.id === action.question ? open.question : undefined)}`
  }
}

function chosenWords(chosen: string[], question: Question | undefined): string {
  if (question?.type === 'blank') return chosen.join('；')
  if (question?.type !== 'judge') return chosen.join('、')
  return question.options.find(option => option.label === chosen[0])?.text ?? chosen.join('、')
}

const causes: Record<PointCause, string> = {
  lesson: '学课',
  question: '答题',
  review: '复习',
  correction: '更正',
}

/** Where the points of a quiz come from, in one line. */
export function story(byCause: { cause: PointCause; points: number }[]): string {
  const earned = byCause.filter(({ points }) => points !== 0)
  if (earned.length === 0) return '这次没有新增积分'
  return earned.map(({ cause, points }) => `${causes[cause]} ${points} 分`).join('，')
}

export interface Standing {
  total: number
  today: number
  cap: number
  mastered: number
  week: { goal: number; done: number; paused: boolean }
}

/** The cadre's own account in words. */
export function standingWords({ total, today, cap, mastered, week }: Standing): string {
  const goal = week.paused ? '本周目标已暂停' : `本周学了 ${week.done} 天，目标 ${week.goal} 天`
  return `您一共有 ${total} 分，今天得了 ${today} 分（每天最多 ${cap} 分）。\n${goal}；已掌握 ${mastered} 道题。\n积分只有您自己看得到。`
}

/** The wrong book in words. */
export function wrongBookWords(book: {
  total: number
  due: number
  topics: { topic: string; total: number }[]
}): string {
  if (book.total === 0) return '错题本是空的。答错或没把握的题会收在这里。'
  const topics = book.topics.slice(0, 5).map(({ topic, total }) => `${topic} ${total} 道`)
  const due =
    book.due > 0 ? `${book.due} 道今天该复习了，说“复习”就开始。` : '今天没有到期的，说“练错题”也能再练。'
  return `错题本里有 ${book.total} 道题（${topics.join('，')}${book.topics.length > 5 ? ' 等' : ''}）。\n${due}`
}

/** Tells that a question was corrected and what it changed. */
export function correctionWords(stem: string, pointsEarned: number): string {
  const paid = pointsEarned > 0 ? `已给您补上 ${pointsEarned} 分` : '您的积分没有变化'
  return `“${short(stem)}”这道题的答案更正了，您的作答已重新判过，${paid}。`
}

/** What the editors replied to 这题有误. */
export const reportReplyWords = (stem: string, reply: string): string =>
  `您反馈的“${short(stem)}”这道题，编辑答复：${reply}`

/** Tells that a person answered what was asked before. */
export const reviewedWords = (question: string): string =>
  `您问过的“${short(question)}”，现在有了人工审核的答复：`

const short = (stem: string): string => (stem.length > 40 ? `${stem.slice(0, 40)}…` : stem)

/** The words on the chips. */
export const chipWords = {
  begin: '开始今日一测',
  goOnDaily: '继续今日一测',
  next: '下一题',
  lesson: '今日一课',
  wrongBook: '错题',
  points: '我的积分',
  policy: '问政策',
  help: '帮助',
  dontKnow: '不会',
  postpone: '跳过',
  due: '复习今日到期',
  wrong: '练错题',
}
