import type { ReactNode } from 'react'
import { Fragment } from 'react'
import { ScrollView, Text, View } from '@tarojs/components'
import type { Message } from '#shared/chat'
import { Bubble } from '../../components/Bubble.tsx'
import { Empty } from '../../components/Empty.tsx'
import { PastQuestion } from '../../components/PastQuestion.tsx'
import { QuestionCard } from '../../components/QuestionCard.tsx'
import { Tap } from '../../components/Tap.tsx'
import { past } from '../../when.ts'
import { Entry } from './Entry.tsx'
import type { EntryActions } from './Entry.tsx'
import { Saying } from './Saying.tsx'
import type { Answering } from './useAnswering.ts'
import type { Chat } from './useChat.ts'
import { useScroll } from './useScroll.ts'

interface ConversationProps extends EntryActions {
  chat: Chat
  answering: Answering
  onStart: () => void
}

/** The messages by day, the question being answered, and what is on its way. */
export function Conversation({ chat, answering, onStart, ...actions }: ConversationProps): ReactNode {
  const { log, saying, remark } = chat
  const { messages } = log
  const scroll = useScroll(
    messages,
    `${answering.posed?.question.id ?? ''}${answering.saved.length}${saying?.id ?? ''}${saying?.failure ?? ''}`,
    grownOf(chat),
  )

  return (
    <ScrollView
      id="conversation"
      className="conversation"
      scrollY
      scrollWithAnimation
      scrollAnchoring
      scrollIntoView={scroll.target}
      upperThreshold={80}
      onTouchMove={scroll.onMove}
      onScrollToUpper={() => void chat.loadOlder()}
    >
      <View className="page-column messages" role="log" aria-live="polite">
        {log.more && (
          <Tap className="more-line" onTap={() => void chat.loadOlder()}>
            看更早的消息
          </Tap>
        )}
        {messages.length === 0 && (
          <Empty
            title="今天的一课和五道题会在这里"
            text="先读约三分钟的小课，再答五道题，答完就有讲解和出处。"
            action={{ label: '开始', onTap: onStart }}
          />
        )}
        {messages.map((message, index) => (
          <Fragment key={message.seq}>
            {startsDay(messages, index) && <DayLine day={message.day} />}
            <View id={`m${message.seq}`} className="message">
              <Entry
                message={message}
                latest={index === messages.length - 1}
                chat={chat}
                answering={answering}
                {...actions}
              />
            </View>
          </Fragment>
        ))}
        {answering.saved.map(({ posed, answer }) => (
          <PastQuestion
            key={posed.question.id}
            question={posed.question}
            place={posed.place}
            chosen={answer.type === 'answer' ? answer.chosen : []}
            saved
          />
        ))}
        {answering.posed && answering.at === null && (
          <QuestionCard
            question={answering.posed.question}
            place={answering.posed.place}
            draft={answering.draft}
            busy={answering.busy}
            onCommit={answering.commit}
            onDontKnow={answering.dontKnow}
            onPostpone={answering.postpone}
          />
        )}
        {remark !== '' && <Bubble own={false} text={remark} />}
        {saying && <Saying saying={saying} onRetry={chat.retry} onDismiss={chat.dismiss} />}
        {answering.goOn === 'below' && !saying && (
          <Tap className="btn btn-seal is-wide go-on" onTap={actions.onNext}>
            下一题
          </Tap>
        )}
        <View id="end" className="messages-end" />
      </View>
    </ScrollView>
  )
}

/** How far the last card has grown: an answer while it is written, and once it is done. */
function grownOf({ log: { messages }, following }: Chat): string {
  const body = messages[messages.length - 1]?.body
  if (body?.type !== 'answer') return ''
  return `${body.id} ${body.writing ? (following.progress[body.id]?.text.length ?? 0) : 'done'}`
}

const startsDay = (messages: Message[], index: number): boolean =>
  messages[index]?.day !== messages[index - 1]?.day

function DayLine({ day }: { day: string }): ReactNode {
  return (
    <View className="day-line">
      <Text>{past(day)}</Text>
    </View>
  )
}
