import { tellCorrection } from './chat/service.ts'
import { findQuestions, onCorrection } from './question/service.ts'
import { onRegraded, type Regraded, regrade } from './quiz/service.ts'

let wired = false

/**
 * News that travel upward: a corrected question has its answers marked again, and whoever gains by it is told in the
 * chat. Each is wired once in a process.
 */
export function wireNews(now: () => Date): void {
  if (wired) return
  wired = true
  onCorrection(({ questionId }) => regrade({ questionId, now: now() }))
  onRegraded(regraded => tell(regraded, now()))
}

async function tell({ cadreId, questionId, version, day, points }: Regraded, now: Date): Promise<void> {
  const [question] = await findQuestions([questionId])
  const stem = question?.stem ?? ''
  await tellCorrection({ cadreId, stem, pointsEarned: points, key: `${questionId} ${version} ${day}`, now })
}
