import type { MessageBody } from '#shared/chat'
import type { LessonCard } from '#shared/course'
import type { Day } from '#shared/day'
import type { Paper } from '#shared/quiz'
import { invitation, NO_LESSON, say, WELCOME } from './wording.ts'

export interface Occasion {
  day: Day
  /** Nothing was ever said in this conversation. */
  first: boolean
  lesson: LessonCard | null
  paper: Paper
}

/** What 日知 says once a day: the lesson and the invitation to the quiz, after a welcome the first time. */
export function greeting({ day, first, lesson, paper }: Occasion): { id: string; body: MessageBody }[] {
  return [
    ...(first ? [{ id: 'day:welcome', body: say(WELCOME) }] : []),
    { id: `day:${day}:lesson`, body: lesson ? { type: 'lesson' as const, lesson } : say(NO_LESSON) },
    { id: `day:${day}:invite`, body: say(invitation(paper)) },
  ]
}
