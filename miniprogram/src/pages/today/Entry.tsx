import type { ReactNode } from 'react'
import type { Message } from '#shared/chat'
import { AnswerCard } from '../../components/AnswerCard.tsx'
import { Bubble } from '../../components/Bubble.tsx'
import { LessonCard } from '../../components/LessonCard.tsx'
import { MarkCard } from '../../components/MarkCard.tsx'
import { Notice } from '../../components/Notice.tsx'
import { PastQuestion } from '../../components/PastQuestion.tsx'
import { QuestionCard } from '../../components/QuestionCard.tsx'
import { SummaryCard } from '../../components/SummaryCard.tsx'
import { keptAnswer, outbox } from '../../outbox.ts'
import { useStore } from '../../store.ts'
import { useToday } from '../../today.ts'
import { answerKey, isFirstFinished, marksOf, shownAgain } from './log.ts'
import type { Body } from './log.ts'
import type { Answering } from './useAnswering.ts'
import type { Chat } from './useChat.ts'

/** Where the cards of the conversation lead. */
export interface EntryActions {
  onLesson: (id: string) => void
  onPoints: () => void
  onPractice: () => void
  onNext: () => void
}

interface EntryProps extends EntryActions {
  message: Message
  latest: boolean
  chat: Chat
  answering: Answering
}

/** One message as what it is. */
export function Entry({
  message,
  latest,
  chat,
  answering,
  onLesson,
  onPoints,
  onPractice,
  onNext,
}: EntryProps): ReactNode {
  const { body } = message
  switch (body.type) {
    case 'text':
      return <Bubble own={message.from === 'cadre'} text={body.text} />
    case 'notice':
      return <Notice text={body.text} />
    case 'answer':
      return (
        <AnswerCard answer={body} anchor={`m${message.seq}`} progress={chat.following.progress[body.id]} />
      )
    case 'lesson':
      return (
        <LessonEntry
          body={body}
          main={answering.posed === null && answering.goOn === null}
          onLesson={onLesson}
        />
      )
    case 'question':
      return (
        <QuestionEntry
          seq={message.seq}
          body={body}
          open={message.seq === answering.at}
          chat={chat}
          answering={answering}
        />
      )
    case 'mark':
      return <MarkCard mark={body} latest={latest && answering.goOn === 'mark'} onNext={onNext} />
    case 'summary':
      return (
        <SummaryCard
          summary={body}
          day={message.day}
          latest={latest}
          first={isFirstFinished(chat.log, message.seq)}
          onPoints={onPoints}
          onPractice={onPractice}
        />
      )
  }
}

/** The card is a snapshot; today's progress is told by the plan. */
function LessonEntry({
  body,
  main,
  onLesson,
}: { body: Body<'lesson'>; main: boolean } & Pick<EntryActions, 'onLesson'>): ReactNode {
  const { plan } = useToday()
  const lesson = plan?.lesson?.id === body.lesson.id ? plan.lesson : body.lesson
  const started = plan?.paper.questions.some(({ answered }) => answered) ?? false
  return (
    <LessonCard
      lesson={lesson}
      main={main && !started && lesson === plan?.lesson}
      onOpen={() => onLesson(lesson.id)}
    />
  )
}

interface QuestionEntryProps {
  seq: number
  body: Body<'question'>
  open: boolean
  chat: Chat
  answering: Answering
}

function QuestionEntry({ seq, body, open, chat, answering }: QuestionEntryProps): ReactNode {
  const waiting = useStore(outbox)
  const { paper, question, kind, number, of, round, reason } = body
  const place = { kind, number, of, round, reason }
  if (open) {
    return (
      <QuestionCard
        question={question}
        place={place}
        draft={answering.draft}
        busy={answering.busy}
        onCommit={answering.commit}
        onDontKnow={answering.dontKnow}
        onPostpone={answering.postpone}
      />
    )
  }
  const kept = keptAnswer({ paper, question: question.id, round }, waiting)
  const mark = marksOf(chat.log.messages).get(answerKey(paper, question.id, round))
  const chosen = mark?.chosen ?? (kept?.type === 'answer' ? kept.chosen : [])
  return (
    <PastQuestion
      question={question}
      place={place}
      chosen={chosen}
      saved={kept !== undefined && !mark}
      folded={shownAgain(chat.log.messages, seq, body)}
    />
  )
}
