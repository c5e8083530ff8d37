import type { Types } from 'mongoose'
import { Attempt, Memory, Paper, Preference } from './model.ts'

/** Deletes all papers, answers, memories and choices of a cadre who leaves; what they paid stays in the ledger. */
export async function forgetQuizzes(cadreId: string): Promise<void> {
  const papers = await Paper.find({ cadre: cadreId }, { _id: 1 }).lean<{ _id: Types.ObjectId }[]>()
  await Attempt.deleteMany({ paper: { $in: papers.map(({ _id }) => _id) } })
  await Paper.deleteMany({ cadre: cadreId })
  await Memory.deleteMany({ cadre: cadreId })
  await Preference.deleteMany({ cadre: cadreId })
}
