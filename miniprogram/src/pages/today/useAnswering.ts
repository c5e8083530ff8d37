import type { Question } from '#shared/question'
import type { Place } from '../../components/QuestionHead.tsx'
import { online } from '../../network.ts'
import { keptAnswer, outbox } from '../../outbox.ts'
import type { Answering as Answer } from '../../outbox.ts'
import { useStore } from '../../store.ts'
import { useToday } from '../../today.ts'
import type { Plan } from '../../today.ts'
import { openAt } from './log.ts'
import type { Log } from './log.ts'
import type { Chat } from './useChat.ts'
import { useDraft } from './useDraft.ts'
import type { Draft } from './useDraft.ts'

/** A question with its place, from the conversation or, without network, from the day's paper. */
export interface Posed {
  paper: string
  question: Question
  place: Place
}

/** The question one may answer now, the answer being made, and the ways to give it. */
export interface Answering {
  posed: Posed | null
  /** Position of its message; null when it stands below the conversation, from the kept paper. */
  at: number | null
  draft: Draft
  busy: boolean
  /** Questions of the paper answered without network that the conversation has not shown. */
  saved: { posed: Posed; answer: Answer }[]
  lessonId: string | undefined
  /** The latest message offers 下一题. */
  canGoOn: boolean
  commit(): void
  dontKnow(): void
  postpone(): void
}

/** Joins the open question, its draft and what is waiting for the network. */
export function useAnswering(chat: Chat): Answering {
  const { log, saying } = chat
  const waiting = useStore(outbox)
  const connected = useStore(online)
  const { plan } = useToday()

  const shown = openInChat(log)
  const kept = plan ? keptInPaper(plan, waiting) : []
  const openIsKept = shown !== null && keptAnswer(spot(shown), waiting) !== undefined
  const offline = !connected && (openIsKept || kept.length > 0)
  const posed =
    openIsKept || (shown === null && offline) ? (offline && plan ? nextOf(plan, waiting) : null) : shown
  const inChat = new Set(shown ? [shown.question.id] : [])
  const draft = useDraft(posed ? Object.values(spot(posed)).join('/') : '', posed?.question)
  const latest = log.messages[log.messages.length - 1]?.body.type

  return {
    posed,
    at: posed && posed === shown ? openAt(log) : null,
    draft,
    busy: saying !== null && saying.failure === '',
    saved: kept.filter(({ posed: item }) => !inChat.has(item.question.id)),
    lessonId: plan?.lesson?.id,
    canGoOn: latest === 'mark' && shown === null,
    commit() {
      if (!posed || !draft.ready) return
      const chosen = draft.chosen.map(text => text.trim())
      chat.act({ type: 'answer', ...spot(posed), chosen, ...(draft.guessed ? { guessed: true } : {}) })
    },
    dontKnow: () => void (posed && chat.act({ type: 'dont-know', ...spot(posed) })),
    postpone: () =>
      void (posed && chat.act({ type: 'postpone', paper: posed.paper, question: posed.question.id })),
  }
}

const spot = ({ paper, question, place }: Posed): { paper: string; question: string; round: number } => ({
  paper,
  question: question.id,
  round: place.round,
})

function openInChat(log: Log): Posed | null {
  const at = openAt(log)
  const body = log.messages.find(({ seq }) => seq === at)?.body
  if (body?.type !== 'question') return null
  const { paper, question, kind, number, of, round, reason } = body
  return { paper, question, place: { kind, number, of, round, reason } }
}

const paperQuestions = ({ paper }: Plan): Posed[] =>
  paper.questions
    .filter(({ state }) => state !== 'right')
    .map(({ number, reason, question, round }) => ({
      paper: paper.id,
      question,
      place: { kind: paper.kind, number, of: paper.questions.length, round, reason },
    }))

function keptInPaper(plan: Plan, waiting: Parameters<typeof keptAnswer>[1]): Answering['saved'] {
  return paperQuestions(plan).flatMap(posed => {
    const answer = keptAnswer(spot(posed), waiting)
    return answer ? [{ posed, answer }] : []
  })
}

/** Without network the quiz goes on in its order: new questions first, then the missed ones. */
const nextOf = (plan: Plan, waiting: Parameters<typeof keptAnswer>[1]): Posed | null => {
  const left = paperQuestions(plan).filter(posed => !keptAnswer(spot(posed), waiting))
  return left.find(({ place }) => place.round === 1) ?? left[0] ?? null
}
