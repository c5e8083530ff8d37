import { createHash } from 'node:crypto'
import { Types } from 'mongoose'
import { isDuplicate } from '../base/mongo.ts'
import { importDrafts } from '../question/service.ts'
import { type LessonDraft, readLessonFile } from './lesson-file.ts'
import type { LessonQuestion } from './lesson-question.ts'
import { Lesson } from './model.ts'
import { wordProblem } from './wording.ts'

/** What an import of lesson files did. Files are named as they were given. */
export interface LessonImportReport {
  added: string[]
  changed: string[]
  unchanged: string[]
  /** One line per problem; nothing of a rejected file was taken. */
  rejected: { file: string; line: number | null; reason: string }[]
}

type Outcome = 'added' | 'changed' | 'unchanged'

/**
 * Takes lesson files: new ones are published, changed ones become a new version, the same ones change nothing. The
 * questions of a lesson go to a bank of its own. A file with problems is rejected whole and never stops the others.
 */
export async function importLessons(call: {
  files: { name: string; text: string }[]
  now: Date
}): Promise<LessonImportReport> {
  const report: LessonImportReport = { added: [], changed: [], unchanged: [], rejected: [] }
  for (const { name, text } of call.files) {
    const read = readLessonFile(name, text)
    if (read.ok) report[await take(read, text, call.now)].push(name)
    else {
      const reasons = read.problems.map(problem => ({
        file: name,
        line: problem.line,
        reason: wordProblem(problem),
      }))
      report.rejected.push(...reasons)
    }
  }
  return report
}

async function take(
  read: { lesson: LessonDraft; questions: LessonQuestion[] },
  text: string,
  now: Date,
): Promise<Outcome> {
  const { slug, ...fields } = read.lesson
  const checksum = createHash('sha256').update(text).digest('hex')
  const known = await Lesson.findOne({ slug }, { checksum: 1, version: 1 }).lean()
  if (known?.checksum === checksum) return 'unchanged'
  const drafts = read.questions.map(({ draft }, index) => ({ draft, origin: `lesson:${slug}#${index + 1}` }))
  const taken = await importDrafts({ bank: `lesson:${slug}`, drafts, now })
  const questions = taken.map(({ id }) => new Types.ObjectId(id))
  const stored = { ...fields, questions, checksum, status: 'published' as const, at: now }
  if (known) {
    await Lesson.updateOne({ _id: known._id, version: known.version }, { $set: stored, $inc: { version: 1 } })
    return 'changed'
  }
  try {
    await Lesson.create({ ...stored, slug, version: 1 })
    return 'added'
  } catch (error) {
    if (isDuplicate(error, ['slug'])) return 'unchanged'
    throw error
  }
}
