import type { Day } from '#shared/day'
import { ASKS_HOW, COUNTED_FROM, DUTY, NO_STEP, STAGES } from './checklist-vocabulary.ts'
import { type Deadline, deadlineOf, type Period, periodsIn } from './deadline.ts'
import { HOLIDAYS, type HolidayCalendar } from '#shared/holiday-calendar'
import type { Passage } from './passage.ts'
import { sentencesOfClause } from './sentence.ts'

/** One step of a checklist (办事清单): a clause's own words. */
export interface Step {
  words: string
  /** The passage it is from, by number. */
  cites: number
  stage: string
  deadlines: { period: Period; deadline: Deadline | null }[]
}

const MOST_STEPS = 12
/** Of one clause; a long one would leave no room for the others. */
const MOST_OF_CLAUSE = 4
const SHORTEST = 6

/** The question asks what to do, so that its answer can be opened as a checklist. */
export const asksHow = (question: string): boolean => ASKS_HOW.test(question)

/**
 * The steps that passages set out, in the order in which things are done. Each is a sentence of a clause in force; what
 * stands in no clause is no step. Deadlines are counted from `start` where that is the day the clause counts from; a
 * period counted back from an event has none until the day of the event is known.
 */
export function checklistOf(
  passages: readonly Passage[],
  start: Day,
  calendar: HolidayCalendar = HOLIDAYS,
): Step[] {
  const steps = passages.flatMap((passage, at) =>
    passage.standing === 'in-force' ? stepsOf(passage, at + 1, start, calendar) : [],
  )
  const rank = new Map(STAGES.map(({ stage }, at) => [stage, at]))
  const known = new Set<string>()
  return steps
    .filter(({ words }) => !known.has(words) && known.add(words))
    .map((step, at) => ({ step, at }))
    .sort((a, b) => (rank.get(a.step.stage) ?? 0) - (rank.get(b.step.stage) ?? 0) || a.at - b.at)
    .map(({ step }) => step)
    .slice(0, MOST_STEPS)
}

function stepsOf({ text, title }: Passage, number: number, start: Day, calendar: HolidayCalendar): Step[] {
  const steps = sentencesOfClause(text).flatMap(({ from, to }) => {
    const words = text.slice(from, to)
    const stage = stageOf(words)
    if (stage === undefined || words.length < SHORTEST || NO_STEP.test(words)) return []
    const deadlines = periodsIn(words, title).map(period => ({
      period,
      deadline: period.before ? null : deadlineOf(period, start, calendar),
    }))
    return [{ words, cites: number, stage, deadlines }]
  })
  return steps.slice(0, MOST_OF_CLAUSE)
}

/** The stage whose word stands first behind the duty; none where nobody is asked to act. */
function stageOf(words: string): string | undefined {
  const plain = words.replace(COUNTED_FROM, '')
  const duty = plain.search(DUTY)
  if (duty < 0) return undefined
  const act = plain.slice(duty)
  const found = STAGES.map(({ stage, words: pattern }) => ({ stage, at: act.search(pattern) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)
  return found[0]?.stage
}

/** Whether every step stands in the passage it cites: what a stored or a model's list has to hold, too. */
export const rests = (step: Pick<Step, 'words' | 'cites'>, passages: readonly Passage[]): boolean =>
  passages[step.cites - 1]?.text.includes(step.words) ?? false
