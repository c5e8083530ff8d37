import type { Answer } from '#shared/policy'
import type { AskedDay } from './answer/asked-day.ts'
import type { Turn } from './answer/prompt.ts'
import { PolicyAnswer } from './model.ts'

/** What was asked longer ago is no longer what a follow-up goes on from. */
const MEMORY_MS = 30 * 60_000
const MOST_TURNS = 3

/** A question asked before, and the day it was about. */
export interface EarlierTurn extends Turn {
  asked: AskedDay
}

/** What the cadre asked lately, the latest last: as it was understood, with the clauses of the answers. */
export async function earlierTurns(cadreId: string, before: Date): Promise<EarlierTurn[]> {
  const lately = { $gte: new Date(before.getTime() - MEMORY_MS), $lte: before }
  const found = await PolicyAnswer.find({ cadre: cadreId, at: lately }, { answer: 1, day: 1 })
    .sort({ _id: -1 })
    .limit(MOST_TURNS)
    .lean()
  return found.reverse().map(({ answer, day }) => {
    const { question, understood, asOf, clauses } = answer as Answer
    return {
      question: understood === '' ? question : understood,
      clauses: clauses.map(({ title, label }) => `《${title}》${label}`),
      asked: { day, told: asOf !== '' },
    }
  })
}
