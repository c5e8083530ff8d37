import type { Paper, PaperQuestion } from '#shared/quiz'

/**
 * The question of a paper to ask now, or undefined when everything was worked through: round 1 first, then round 2 of
 * what was missed, and so on. Within a round the paper's own order holds, which has postponed questions at the end.
 * `skipped` was put aside just now and waits for the ones behind it.
 */
export function nextQuestion(paper: Paper, skipped?: string): PaperQuestion | undefined {
  const left = paper.questions.filter(question => question.state !== 'right')
  const round = Math.min(...left.map(question => question.round))
  const inRound = left.filter(question => question.round === round)
  const place = inRound.findIndex(({ question }) => question.id === skipped)
  return inRound[place + 1] ?? inRound[0]
}
