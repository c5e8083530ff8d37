import { useEffect, useState } from 'react'
import type { ChatAction } from '#shared/chat'
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
  /** Nothing is asked now and the paper is not finished: 下一题 is the main action, on the latest mark or below the words. */
  goOn: 'mark' | 'below' | null
  /** The day's questions can be asked from this device, without network. */
  canStartHere: boolean
  /** Starts the quiz or goes on with it, without network from the kept paper. */
  proceed(action: ChatAction): void
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
  const [startedHere, setStartedHere] = useState(false)
  const offline = !connected && (openIsKept || kept.length > 0 || startedHere)
  const posed =
    openIsKept || (shown === null && offline) ? (offline && plan ? nextOf(plan, waiting) : null) : shown
  const inChat = new Set(shown ? [shown.question.id] : [])
  const draft = useDraft(posed ? Object.values(spot(posed)).join('/') : '', posed?.question)
  const latest = log.messages[log.messages.length - 1]?.body.type
  const canGoOn = posed === null && log.state.chips.some(({ action }) => action.type === 'next')
  const canStartHere = !connected && plan !== null && nextOf(plan, waiting) !== null

  // Back on line the conversation asks the same question; what was chosen so far stays.
  useEffect(() => {
    if (!connected || !startedHere) return
    setStartedHere(false)
    if (kept.length === 0) chat.act({ type: 'start' })
  }, [connected, startedHere])

  return {
    posed,
    at: posed && posed === shown ? openAt(log) : null,
    draft,
    busy: saying !== null && saying.failure === '',
    saved: kept.filter(({ posed: item }) => !inChat.has(item.question.id)),
    lessonId: plan?.lesson?.id,
    goOn: canGoOn ? (latest === 'mark' ? 'mark' : 'below') : null,
    canStartHere,
    proceed: action => (canStartHere ? setStartedHere(true) : chat.act(action)),
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
