import { AppError } from '../base/errors.ts'
import { replyToReport, wireNews } from '../news.ts'
import { Question } from '../question/model.ts'
import { correctQuestion, findQuestions, openReports } from '../question/service.ts'
import { onRegraded } from '../quiz/service.ts'
import { type Command, textOf, WrongCall } from './command.ts'
import { wording } from './wording.ts'

const ID = /^[0-9a-f]{24}$/

/** `reports`: what cadres said about questions and nobody has answered yet, due first. */
export const listReports: Command = {
  usage: 'reports',
  summary: wording.reports.summary,
  options: {},
  words: [0, 0],
  database: () => true,
  run: async ({ terminal }) => {
    let count = 0
    for (let page = await openReports(); page.length > 0;) {
      const stems = new Map(
        (await findQuestions(page.map(one => one.questionId))).map(({ id, stem }) => [id, stem]),
      )
      for (const { id, questionId, reason, text, replyBy } of page) {
        count++
        terminal.line(wording.reports.line(id, wording.reports.reasons[reason], replyBy, questionId))
        terminal.line(wording.reports.stem(stems.get(questionId) ?? ''))
        if (text !== '') terminal.line(wording.reports.text(text))
      }
      const last = page.at(-1)
      page = last ? await openReports({ replyBy: last.replyBy, id: last.id }) : []
    }
    if (count === 0) terminal.line(wording.reports.none)
    return true
  },
}

/** `answer-report ID TEXT` */
export const answerOneReport: Command = {
  usage: 'answer-report ID TEXT',
  summary: wording.answerReport.summary,
  options: {},
  words: [2, 2],
  database: () => true,
  run: async ({ words: [id = '', reply = ''], now, terminal }) => {
    if (!ID.test(id) || reply.trim() === '') throw new WrongCall(wording.noReport(id))
    await replyToReport(id, reply.trim(), now).catch(notFound(wording.noReport(id)))
    terminal.line(wording.answerReport.done)
    return true
  },
}

/** `correct QUESTION_ID`: a new key or explanation; answers are marked again, paid by new entries and told. */
export const correctOneQuestion: Command = {
  usage: 'correct QUESTION_ID [--key A,B] [--explanation TEXT]',
  summary: wording.correct.summary,
  options: { key: { type: 'string' }, explanation: { type: 'string' } },
  words: [1, 1],
  database: () => true,
  run: async ({ words: [id = ''], options, now, terminal }) => {
    const stored = ID.test(id) ? await Question.findById(id).lean() : null
    if (!stored) throw new WrongCall(wording.noQuestion(id))
    const key = textOf(options.key)
      ?.split(/[,，]/)
      .map(text => text.trim())
    const explanation = textOf(options.explanation)
    if (!key && explanation === undefined) throw new WrongCall(wording.correct.nothing)
    let papers = 0
    let points = 0
    wireNews(() => now)
    onRegraded(async regraded => {
      papers++
      points += regraded.points
    })
    await correctQuestion({
      id,
      key: key ?? stored.key,
      explanation: explanation ?? stored.explanation,
      now,
    }).catch(notPossible)
    terminal.line(wording.correct.done(papers, points))
    return true
  },
}

const notFound = (sentence: string) => (error: unknown) => {
  throw error instanceof AppError && error.code === 'not-found' ? new WrongCall(sentence) : error
}

function notPossible(error: unknown): never {
  throw error instanceof AppError && error.code === 'request.invalid'
    ? new WrongCall(wording.correct.badKey)
    : error
}
