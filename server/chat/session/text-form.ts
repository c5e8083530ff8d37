import type { MessageBody } from '#shared/chat'
import type { Question } from '#shared/question'
import * as wording from './wording.ts'

/** A part of what is said in WeChat's own session. */
export interface Part {
  text: string
  /** A model wrote it. */
  ai: boolean
  /** What weighs more is kept when not all can be sent. */
  weight: number
}

/** What parts weigh. A greeting of the day weighs least: it is in the mini-program all day. */
export const WEIGHT = {
  answer: 9,
  question: 8,
  mark: 8,
  notice: 7,
  summary: 6,
  text: 5,
  clause: 4,
  lesson: 3,
  day: 2,
}

/** A link that opens a page of the mini-program. */
export type LinkTo = (page: string, words: string) => string

/** A link as WeChat's session shows it; only the app's own pages can be linked. Source: sendCustomMessage. */
export const linkOf =
  (appid: string): LinkTo =>
  (page, words) =>
    `<a data-miniprogram-appid="${appid}" data-miniprogram-path="${page}">${words}</a>`

/** A body in words. Whatever may be typed in answer is said, as there is nothing to tap. */
export function textForm(body: MessageBody, linkTo: LinkTo): Part[] {
  const said = withoutTags(body)
  switch (said.type) {
    case 'text':
      return [part(wording.withoutButtons.get(said.text) ?? said.text, WEIGHT.text)]
    case 'notice':
      return [part(said.text, WEIGHT.notice)]
    case 'lesson': {
      const page = `pages/lesson/index?id=${said.lesson.id}`
      const words = part(lines(wording.lessonLines(said.lesson)), WEIGHT.lesson)
      return [words, part(linkTo(page, wording.OPEN_LESSON), WEIGHT.lesson)]
    }
    case 'question':
      return [part(questionText(said), WEIGHT.question)]
    case 'mark':
      return [part(markText(said), WEIGHT.mark)]
    case 'summary':
      return [part(lines(wording.summaryLines(said)), WEIGHT.summary)]
    case 'answer':
      return answerParts(said)
  }
}

/** WeChat takes tags in a text for links; only ours may be. */
const withoutTags = (body: MessageBody): MessageBody =>
  JSON.parse(JSON.stringify(body).replaceAll('<', '\uff1c')) as MessageBody

const part = (text: string, weight: number, ai = false): Part => ({ text, ai, weight })

const lines = (all: readonly string[]): string => all.filter(line => line !== '').join('\n')

type Body<T extends MessageBody['type']> = Extract<MessageBody, { type: T }>

function questionText(body: Body<'question'>): string {
  const { question } = body
  const options = question.options.map(({ label, text }) => `${label}. ${text}`)
  return lines([wording.questionHead(body, question), ...options, wording.howToAnswer(question)])
}

function markText(body: Body<'mark'>): string {
  const { question, key, explanation, reasons, sources } = body
  return lines([
    wording.verdictWords(body),
    wording.markWords.key(key.map(one => optionText(question, one)).join('；')),
    explanation && wording.markWords.explanation(explanation),
    ...reasons.map(({ label, text }) => `${label}. ${text}`),
    ...sources.map(wording.markWords.source),
  ])
}

function optionText({ options }: Question, label: string): string {
  const option = options.find(one => one.label === label)
  return option ? `${label}. ${option.text}` : label
}

/** What a model wrote stands apart from what it rests on, as only the one is marked as a model's. */
function answerParts(body: Body<'answer'>): Part[] {
  const { label, asOf, by, copyLine, notice, understood, clauses } = body
  const head = label && wording.answerWords.label(label)
  const beside = lines([understood && wording.answerWords.understood(understood), asOf, notice])
  return [
    part(lines([head, ...body.lines, copyLine]), WEIGHT.answer, by === 'model'),
    part(beside, WEIGHT.notice),
    ...clauses.map(clause =>
      part(lines([wording.answerWords.clause(clause), clause.columns, clause.text]), WEIGHT.clause),
    ),
  ].filter(({ text }) => text !== '')
}
