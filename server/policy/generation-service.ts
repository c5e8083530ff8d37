import { setTimeout as pause } from 'node:timers/promises'
import { dayOf } from '#shared/day'
import type { Answer, AnswerEvent } from '#shared/policy'
import { AppError } from '../base/errors.ts'
import { idText } from '../base/mongo.ts'
import { citesIn } from './answer/citation-check.ts'
import { excerptAnswer, type Said, together, writtenAnswer } from './answer/composing.ts'
import { noticeWords } from './answer/wording.ts'
import { type Written, writeAnswer } from './answer/writing-service.ts'
import type { Assistant } from './assistant.ts'
import { citedArticles } from './citation-service.ts'
import { clauseOf } from './clause.ts'
import { Live } from './live-service.ts'
import { PolicyAnswer } from './model.ts'
import { askForReview } from './reviewed-service.ts'
import { earlierTurns } from './turn-service.ts'
import { countUsage } from './usage-service.ts'
import { checkWords, refusing } from './word-service.ts'

/** A process that has not told for so long that it is writing is believed to be dead. */
export const LEASE_MS = 10_000
/** How often what was written is kept, so that another process can go on. */
const KEEP_MS = 1_000
/** How often an answer that another process writes is looked at. */
const LOOK_MS = 400
/** Processes that may die over one answer; then the clauses stand for themselves. */
const MOST_ATTEMPTS = 3

/** The answers that this process is writing. */
const lives = new Map<string, Live>()
/** Assistants of a process that stops: they begin nothing and take nothing up. */
const leaving = new WeakSet<Assistant>()

interface Stored {
  _id: { toString(): string }
  cadre: { toString(): string }
  day: string
  at: Date
  writing: boolean
  answer: Answer
  text: string
  lease: Date | null
  attempts: number
}

/** Has the answer written, apart from whoever asked: a lost connection loses nothing. */
export function write(id: string, assistant: Assistant): Live {
  const live = new Live()
  if (leaving.has(assistant)) live.leave()
  lives.set(id, live)
  live.over = writeOut(id, live, assistant)
    .catch((error: unknown) =>
      assistant.log.error({ error, answer: id }, 'an answer was not written to its end'),
    )
    .finally(() => {
      lives.delete(id)
      live.end()
    })
  return live
}

async function writeOut(id: string, live: Live, assistant: Assistant): Promise<void> {
  const stored = await PolicyAnswer.findById(id).lean<Stored>()
  if (!stored?.writing) return
  const beat = setInterval(() => {
    keepGoing(stored, live, assistant).catch((error: unknown) =>
      assistant.log.warn({ error, answer: id }, 'an answer was not kept while it was written'),
    )
  }, KEEP_MS)
  try {
    await finish(stored, await saidBy(stored, live, assistant), live)
  } finally {
    clearInterval(beat)
  }
}

/**
 * Keeps what was written so far and the claim to go on; hears whether the cadre stopped it on another process, or that
 * one took it up because this one stood still.
 */
async function keepGoing({ _id, attempts }: Stored, live: Live, { now }: Assistant): Promise<void> {
  const lease = new Date(now().getTime() + LEASE_MS)
  const kept = await PolicyAnswer.findOneAndUpdate(
    { _id, attempts, writing: true },
    { $set: { text: live.text, lease } },
    { projection: { stop: 1 } },
  ).lean()
  if (!kept || kept.stop) live.stop()
}

/** What is to be shown at the end: what the model wrote, or the clauses with the reason why. */
async function saidBy(stored: Stored, live: Live, assistant: Assistant): Promise<Said | undefined> {
  const { answer, at, cadre, attempts } = stored
  const question = answer.understood || answer.question
  const articles = await citedArticles(
    answer.clauses.map(({ id }) => id),
    dayOf(at),
  )
  const clauses = articles.map(clauseOf)
  const excerpts = (why: Parameters<typeof noticeWords>[0]): Said =>
    excerptAnswer(question, clauses, together(noticeWords(why), answer.notice))
  const { model } = assistant
  if (!model || attempts > MOST_ATTEMPTS) return excerpts('failed')
  const earlier = await earlierTurns(idText(cadre), new Date(at.getTime() - 1))
  const written = await writeAnswer({
    ...{ question, passages: articles, earlier, model, signal: live.signal },
    onSentence: await shownOn(live),
  })
  await countUsage({ cadreId: idText(cadre), day: dayOf(at) }, written.usage, model.costOf(written.usage))
  if (live.leaving) return undefined
  report(written, assistant)
  if (written.outcome === 'stopped' && written.text === '') return excerpts('stopped')
  if (written.outcome !== 'written' && written.outcome !== 'stopped') {
    if (written.outcome === 'no-evidence')
      await askForReview({ question, cause: 'unanswered', answer: answer.id, now: at })
    return excerpts(written.outcome)
  }
  const subject = answer.id
  if ((await checkWords({ text: written.text, place: 'answer', subject, now: at })) === 'refuse')
    return excerpts('unsupported')
  const cites = written.outcome === 'written' ? written.cites : citesIn(written.text)
  const stopped = written.outcome === 'stopped' ? noticeWords('stopped') : ''
  return writtenAnswer(question, { text: written.text, cites }, clauses, together(stopped, answer.notice))
}

/** Shows each sentence as it is written; none from a word on that is refused. */
async function shownOn(live: Live): Promise<(sentence: string) => void> {
  const isRefused = await refusing()
  let written = ''
  return sentence => {
    written += sentence
    if (!isRefused(written)) live.add(sentence)
  }
}

/** When the model may be asked again after it said that it is busy. */
let restsUntil = new Date(0)

/** Whether the model asked for a rest: it is not asked, and the clauses stand for themselves. */
export const isResting = (now: Date): boolean => now < restsUntil

/** A failure says what the operator has to do; the cadre gets the clauses all the same. */
function report(written: Written, { log, now }: Assistant): void {
  if (written.outcome !== 'failed') return
  const { kind, message, seconds } = written.failure
  if (kind === 'wait') restsUntil = new Date(now().getTime() + seconds * 1_000)
  if (kind === 'set-up') log.error({ reason: message }, 'the language model is set up wrongly')
  else log.warn({ reason: message, kind }, 'the language model did not answer')
}

async function finish(stored: Stored, said: Said | undefined, live: Live): Promise<void> {
  const own = { _id: stored._id, attempts: stored.attempts, writing: true }
  if (!said) {
    // This process stops; the next one that is asked goes on.
    await PolicyAnswer.updateOne(own, { $set: { text: live.text, lease: new Date(0) } })
    return
  }
  const answer: Answer = { ...stored.answer, ...said }
  await PolicyAnswer.updateOne(own, { $set: { writing: false, answer, text: live.text, lease: null } })
}

export interface Follow {
  cadreId: string
  id: string
  signal: AbortSignal
}

/**
 * How an answer goes on, until it is done; whichever process writes it, and when that one died, this one. It ends early
 * where this process stops, and is then followed on another. Another cadre's answer is `not-found`.
 */
export async function* follow(
  { cadreId, id, signal }: Follow,
  assistant: Assistant,
): AsyncGenerator<AnswerEvent> {
  let shown = ''
  while (!signal.aborted) {
    const stored = await PolicyAnswer.findOne({ _id: id, cadre: cadreId }).lean<Stored>()
    if (!stored) throw new AppError('not-found', { id })
    if (!stored.writing) {
      yield { type: 'answer', answer: stored.answer }
      return
    }
    if (leaving.has(assistant) && !lives.has(id)) return
    const live = lives.get(id) ?? (await takenUp(stored, assistant))
    const text = live?.text ?? stored.text
    if (text !== shown) yield { type: 'written', text }
    shown = text
    await (live ? live.news(text) : pause(LOOK_MS, undefined, { signal }).catch(() => undefined))
  }
}

/** Goes on with an answer whose process died; undefined where that one lives or another was first. */
async function takenUp({ _id, lease }: Stored, assistant: Assistant): Promise<Live | undefined> {
  const now = assistant.now()
  if (lease !== null && lease > now) return undefined
  const { matchedCount } = await PolicyAnswer.updateOne(
    { _id, writing: true, lease },
    { $set: { lease: new Date(now.getTime() + LEASE_MS) }, $inc: { attempts: 1 } },
  )
  return matchedCount === 1 ? write(idText(_id), assistant) : undefined
}

/** Ends an answer where it is; one that is done stays as it is. Another cadre's answer is `not-found`. */
export async function stop({ cadreId, id }: Omit<Follow, 'signal'>): Promise<void> {
  const { matchedCount } = await PolicyAnswer.updateOne({ _id: id, cadre: cadreId }, { $set: { stop: true } })
  if (matchedCount === 0) throw new AppError('not-found', { id })
  lives.get(id)?.stop()
  await lives.get(id)?.over
}

/** The process stops: what is being written is left to the others, as far as it is, and nothing more is taken up. */
export async function leaveWriting(assistant: Assistant): Promise<void> {
  leaving.add(assistant)
  const all = [...lives.values()]
  for (const live of all) live.leave()
  await Promise.all(all.map(({ over }) => over))
}
