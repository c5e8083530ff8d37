import type { LessonCard } from '#shared/course'
import type { Day } from '#shared/day'
import type { PointCause } from '#shared/points'
import type { Answer } from '#shared/policy'
import type { Mark, Paper } from '#shared/quiz'
import type { Answering, Tap } from './talk.ts'
import type { Standing } from './wording.ts'

/** What the world is asked to do; its outcome comes back as the next input. Each may be done twice without harm. */
export type Effect =
  | { do: 'today'; for: 'start' | 'lesson' }
  /** Find the paper of a tap on a question that is not the open one. */
  | { do: 'look'; tap: Tap }
  | { do: 'answer'; tap: Answering }
  | { do: 'postpone'; tap: Tap }
  | { do: 'go-on'; paper: string; refused?: Tap }
  | { do: 'sum-up'; paper: string }
  | {
      do: 'practise'
      scope: 'due' | 'wrong' | 'clause'
      topic?: string | undefined
      clause?: string | undefined
    }
  | { do: 'points' }
  | { do: 'wrong-book' }
  /** Whatever is neither a command nor an answer is a question about policy. */
  | { do: 'free-text'; text: string }

/** What came of an effect. */
export type Outcome =
  | { of: 'today'; for: 'start' | 'lesson'; lesson: LessonCard | null; paper: Paper }
  | { of: 'look'; tap: Tap; paper: Paper }
  | { of: 'answer'; tap: Answering; paper: Paper; mark: Mark }
  /** The quiz does not take this answer or skip any more. */
  | { of: 'refused'; tap: Tap }
  | { of: 'postpone'; tap: Tap; paper: Paper }
  | { of: 'go-on'; paper: Paper | null; refused?: Tap }
  | { of: 'sum-up'; summary: Summary }
  | { of: 'practise'; paper: Paper | null }
  | { of: 'points'; standing: Standing }
  | { of: 'wrong-book'; book: { total: number; due: number; topics: { topic: string; total: number }[] } }
  | { of: 'free-text'; answer: Answer }

/** A quiz worked through. */
export interface Summary {
  kind: Paper['kind']
  of: number
  right: number
  corrected: number
  points: number
  byCause: { cause: PointCause; points: number }[]
  returning: { day: Day; count: number }[]
}
