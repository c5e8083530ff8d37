import type { ErrorCode } from '#shared/errors'
import { AppError } from '../base/errors.ts'
import { standingOf } from '../points/service.ts'
import { ask, type Assistant } from '../policy/service.ts'
import { answer, paperOf, postpone, practise, summaryOf, today, wrongBook } from '../quiz/service.ts'
import type { Effect, Outcome } from './effect.ts'
import type { Answering, Tap } from './talk.ts'

export interface Who {
  cadreId: string
  /** The id of the cadre's message: what is asked in it is asked once. */
  turn: string
  now: Date
}

/** Does what the dialogue asks for and tells what came of it. */
export async function carryOut(effect: Effect, who: Who, assistant: Assistant): Promise<Outcome> {
  const { cadreId } = who
  switch (effect.do) {
    case 'today':
      return { of: 'today', for: effect.for, ...(await dayOf(who)) }
    case 'look':
      return { of: 'look', tap: effect.tap, paper: await look(effect.tap, who) }
    case 'answer':
      return (await unless(closed, giveAnswer(effect.tap, who))) ?? { of: 'refused', tap: effect.tap }
    case 'postpone':
      return (await unless(closed, putAside(effect.tap, who))) ?? { of: 'refused', tap: effect.tap }
    case 'go-on': {
      const { paper: paperId, refused } = effect
      return {
        of: 'go-on',
        paper: (await unless(closed, paperOf({ cadreId, paperId }))) ?? null,
        refused,
      }
    }
    case 'sum-up':
      return { of: 'sum-up', summary: await summaryOf({ ...who, paperId: effect.paper }) }
    case 'practise': {
      const { scope, topic, clause } = effect
      const paper = await unless(empty, practise({ ...who, scope, topic, clause }))
      return { of: 'practise', paper: paper ?? null }
    }
    case 'points':
      return { of: 'points', standing: await standingOf(cadreId, who.now) }
    case 'wrong-book':
      return { of: 'wrong-book', book: await wrongBook(who) }
    case 'free-text':
      return {
        of: 'free-text',
        answer: await ask({ cadreId, key: who.turn, text: effect.text, now: who.now }, assistant),
      }
  }
}

const closed: ErrorCode[] = ['quiz.round-closed', 'not-found']
const empty: ErrorCode[] = ['quiz.nothing-to-practise']

/** The result, or undefined when the call failed with one of `codes`. */
async function unless<T>(codes: ErrorCode[], result: Promise<T>): Promise<T | undefined> {
  try {
    return await result
  } catch (error) {
    if (error instanceof AppError && codes.includes(error.code)) return undefined
    throw error
  }
}

async function dayOf(who: Who) {
  const { lesson, paper } = await today(who)
  return { lesson, paper }
}

/** The cadre's own paper the tap is about; anything else is 404 and tells nothing. */
async function look(tap: Tap, { cadreId }: Who) {
  const paper = await paperOf({ cadreId, paperId: tap.paper })
  if (!paper.questions.some(one => one.question.id === tap.question)) throw new AppError('not-found', tap)
  return paper
}

async function giveAnswer(tap: Answering, who: Who): Promise<Outcome> {
  const given =
    tap.type === 'answer' ? { chosen: tap.chosen, guessed: tap.guessed } : { chosen: [], dontKnow: true }
  const mark = await answer({
    ...who,
    questionId: tap.question,
    paperId: tap.paper,
    round: tap.round,
    ...given,
  })
  return { of: 'answer', tap, mark, paper: await paperOf({ cadreId: who.cadreId, paperId: tap.paper }) }
}

async function putAside(tap: Tap, who: Who): Promise<Outcome> {
  return {
    of: 'postpone',
    tap,
    paper: await postpone({ ...who, questionId: tap.question, paperId: tap.paper }),
  }
}
