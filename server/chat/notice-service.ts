import { createHash } from 'node:crypto'
import type { MessageBody } from '#shared/chat'
import type { Answer } from '#shared/policy'
import { AppError } from '../base/errors.ts'
import { append, conversationOf, holds } from './conversation-service.ts'
import { correctionWords, reportReplyWords, reviewedWords } from './wording.ts'

/** Times a notice is tried while others write to the same conversation. */
const TRIES = 20

export interface Correction {
  cadreId: string
  stem: string
  /** Paid by new entries; 0 when only the mark changed. */
  pointsEarned: number
  /** Names the correction, so that it is told once. */
  key: string
  now: Date
}

/** Tells a cadre, once, that an answer was marked again after a correction. */
export function tellCorrection({ cadreId, stem, pointsEarned, key, now }: Correction): Promise<void> {
  const name = createHash('sha256').update(key).digest('hex').slice(0, 24)
  return tellOnce(cadreId, `correction:${name}`, correctionWords(stem, pointsEarned), now)
}

export interface ReportReply {
  cadreId: string
  reportId: string
  stem: string
  reply: string
  now: Date
}

/** Tells a cadre, once, what the editors replied to 这题有误. */
export const tellReportReply = ({ cadreId, reportId, stem, reply, now }: ReportReply): Promise<void> =>
  tellOnce(cadreId, `report:${reportId}`, reportReplyWords(stem, reply), now)

export interface ReviewedAnswer {
  cadreId: string
  answer: Answer
  /** Names the publishing, so that it is told once. */
  key: string
  now: Date
}

/** Shows a cadre, once, what a person answered to a question asked before. */
export function tellReviewed({ cadreId, answer, key, now }: ReviewedAnswer): Promise<void> {
  const words = reviewedWords(answer.understood || answer.question)
  return tellOnce(cadreId, `reviewed:${key}`, words, now, [{ type: 'answer', ...answer }])
}

async function tellOnce(
  cadreId: string,
  id: string,
  text: string,
  now: Date,
  more: MessageBody[] = [],
): Promise<void> {
  const bodies: MessageBody[] = [{ type: 'notice', text }, ...more]
  const news = bodies.map((body, n) => ({ id: n === 0 ? id : `${id}:${n}`, from: 'rizhi' as const, body }))
  for (let tries = 0; tries < TRIES; tries += 1) {
    const known = await conversationOf(cadreId)
    if (await holds(cadreId, id)) return
    if (await append(known, {}, news, now)) return
  }
  throw new AppError('server.busy', { cadreId })
}
