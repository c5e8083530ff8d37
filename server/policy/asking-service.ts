import { Types } from 'mongoose'
import { type Day, dayOf } from '#shared/day'
import type { Answer } from '#shared/policy'
import { AppError } from '../base/errors.ts'
import { idText, isDuplicate } from '../base/mongo.ts'
import type { Allowance } from './answer/answer-limit.ts'
import { type AskedDay, askedDay, followedDay } from './answer/asked-day.ts'
import { beginning, excerptAnswer, hasWords, type Said, together } from './answer/composing.ts'
import { answersBare, hangingOf, joined } from './answer/follow-up.ts'
import { privateText } from './answer/private-text.ts'
import { asOfWords, limitWords, noticeWords } from './answer/wording.ts'
import type { Assistant } from './assistant.ts'
import { consider, type Considered } from './considering-service.ts'
import { isResting, LEASE_MS, write } from './generation-service.ts'
import { PolicyAnswer } from './model.ts'
import { checkedByWechat } from './moderation-service.ts'
import { askForReview } from './reviewed-service.ts'
import { rewritten } from './rewriting-service.ts'
import { type EarlierTurn, earlierTurns } from './turn-service.ts'
import { countUsage, takeAnswer } from './usage-service.ts'
import { checkWords } from './word-service.ts'

export interface Ask {
  cadreId: string
  /** Made by whoever asks: the same key is the same question, asked once. */
  key: string
  text: string
  now: Date
}

/** A question takes so long at most while the index is made for the first time. */
const PATIENCE_MS = 8_000

/**
 * Answers a question at once, or begins to have the answer written. Fails with `text.classified` and `text.sensitive`,
 * of which nothing is kept, and with `policy.preparing`.
 */
export async function ask(call: Ask, assistant: Assistant): Promise<Answer> {
  const known = await PolicyAnswer.findOne({ cadre: call.cadreId, key: call.key }, { answer: 1 }).lean()
  if (known) return known.answer as Answer
  const question = await admitted(call, assistant)
  await prepared(assistant)
  const today = dayOf(call.now)
  const asked = { ...call, question, today, own: askedDay(question, today) }
  return keep(asked, await understood(asked, assistant), assistant)
}

/** The question as it may be stored and leave for a model. */
async function admitted(call: Ask, assistant: Assistant): Promise<string> {
  const { cadreId, text, key, now } = call
  const kept = privateText(text)
  if (kept.classified) throw new AppError('text.classified')
  const outcomes = await Promise.all([
    checkWords({ text, place: 'question', subject: key, now }),
    checkedByWechat({ cadreId, text: kept.text }, assistant),
  ])
  if (outcomes.includes('refuse')) throw new AppError('text.sensitive')
  if (outcomes.includes('review')) await askForReview({ question: kept.text, cause: 'sensitive', now })
  return kept.text
}

/** Until the index has once been what the database is, nobody can tell that there is no evidence. */
async function prepared({ search }: Assistant): Promise<void> {
  if (search.isReady()) return
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>(resolve => {
    timer = setTimeout(() => resolve('late'), PATIENCE_MS)
  })
  const first = await Promise.race([search.refresh(), late]).finally(() => clearTimeout(timer))
  if (first === 'late') throw new AppError('policy.preparing')
}

interface Asked extends Ask {
  question: string
  today: Day
  /** The day the question is about by its own words. */
  own: AskedDay
}

interface Understood {
  /** The whole question where a follow-up was made one; '' otherwise. */
  whole: string
  /** The day asked about. */
  on: AskedDay
  considered: Considered
  /** Whether a model may be asked; undefined where nobody had to know. */
  allowance: Allowance | undefined
}

/** Considers the question, together with the one before where it hangs on it. */
async function understood(asked: Asked, assistant: Assistant): Promise<Understood> {
  const { question, own, today, cadreId, now } = asked
  const turns = await earlierTurns(cadreId, now)
  const before = turns.at(-1)
  const hanging = before ? hangingOf(question) : 'alone'
  const bare = { question, day: own.day, today }
  const alone = hanging === 'linked' ? undefined : await consider(bare, assistant)
  const answered = alone !== undefined && !(alone.settled && alone.said.refused)
  if (alone && (answered || hanging === 'alone' || !before))
    return { whole: '', on: own, considered: alone, allowance: undefined }
  const allowance = await allowanceFor(asked, assistant)
  const whole = await wholeOf(asked, turns, allowance, assistant)
  const on = before ? followedDay(question, own, before.asked) : own
  const considered = await consider({ question: whole, day: on.day, today }, assistant)
  const texts = considered.said.clauses.map(({ text }) => text)
  if (alone && (considered.said.refused || !answersBare(question, texts)))
    return { whole: '', on: own, considered: alone, allowance }
  return { whole, on, considered, allowance }
}

async function wholeOf(
  { question, cadreId, today }: Asked,
  turns: readonly EarlierTurn[],
  allowance: Allowance | undefined,
  { model }: Assistant,
): Promise<string> {
  const put = model && allowance?.model ? await rewritten(question, turns, model) : undefined
  if (put && model) await countUsage({ cadreId, day: today }, put.usage, model.costOf(put.usage))
  return put?.whole ?? joined(turns.at(-1)?.question ?? '', question)
}

/** Whether the model may be asked; undefined where there is none, or it rests. */
const allowanceFor = async ({ cadreId, today }: Asked, { model, limits, now }: Assistant) =>
  model && !isResting(now()) ? takeAnswer({ cadreId, day: today }, limits) : undefined

/** Stores the answer as it stands; where a model writes it, that begins now. */
async function keep(asked: Asked, { whole, on, considered, allowance }: Understood, assistant: Assistant) {
  const { cadreId, key, question, now } = asked
  const mayWrite = considered.settled ? undefined : (allowance ?? (await allowanceFor(asked, assistant)))
  const said = saidFirst(whole || question, considered, mayWrite, assistant)
  const _id = new Types.ObjectId()
  const face = { id: idText(_id), question, understood: whole, asOf: asOfWords(on) }
  const answer: Answer = { ...face, ...said }
  const lease = said.writing ? new Date(assistant.now().getTime() + LEASE_MS) : null
  const item = considered.settled ? considered.item : null
  try {
    await PolicyAnswer.create({
      ...{
        _id,
        cadre: cadreId,
        key,
        question,
        day: on.day,
        at: now,
        writing: said.writing,
        answer,
        lease,
        item,
      },
      attempts: said.writing ? 1 : 0,
    })
  } catch (error) {
    if (!isDuplicate(error, ['cadre', 'key'])) throw error
    return ask(asked, assistant)
  }
  if (said.writing) write(answer.id, assistant)
  else if (said.refused && hasWords(question))
    await askForReview({ question: whole || question, cause: 'unanswered', answer: answer.id, now })
  return answer
}

function saidFirst(
  question: string,
  considered: Considered,
  mayWrite: Allowance | undefined,
  { model }: Assistant,
): Said {
  if (considered.settled || !model) return considered.said
  const { clauses, notice } = considered
  if (mayWrite?.model) return beginning(question, clauses, notice)
  const why = mayWrite ? limitWords(mayWrite) : noticeWords('failed')
  return excerptAnswer(question, clauses, together(why, notice))
}
