import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { useDidShow } from '@tarojs/taro'
import type { ChatAction } from '#shared/chat'
import { Chips } from '../../components/Chips.tsx'
import { Composer } from '../../components/Composer.tsx'
import { Failed } from '../../components/Failed.tsx'
import { Loading } from '../../components/Loading.tsx'
import { ModelLine } from '../../components/ModelLine.tsx'
import { Page } from '../../components/Page.tsx'
import { WritingBar } from '../../components/WritingBar.tsx'
import { online } from '../../network.ts'
import { keepUpcomingLessons } from '../../offline.ts'
import { doInChat, goTab, intent, open } from '../../route.ts'
import { useStore } from '../../store.ts'
import { refreshToday } from '../../today.ts'
import { Conversation } from './Conversation.tsx'
import { Header } from './Header.tsx'
import { writingIn } from './log.ts'
import { useAnswering } from './useAnswering.ts'
import { useChat } from './useChat.ts'
import { useChatKeys } from './useChatKeys.ts'

definePageConfig({ navigationBarTitleText: '日知', disableScroll: true })

/** 今日: the conversation with the day's lesson and questions. */
export default function Today(): ReactNode {
  const chat = useChat()
  const answering = useAnswering(chat)
  const [text, setText] = useState('')
  const [lastSaid, setLastSaid] = useState('')
  const [focused, setFocused] = useState(false)
  const asked = useStore(intent)
  const connected = useStore(online)
  const { phase, saying } = chat
  const busy = saying !== null && saying.failure === ''
  const writing = writingIn(chat.log.messages)

  useDidShow(() => void refreshToday().then(keepUpcomingLessons))
  const send = (): void => {
    const said = text.trim()
    if (said === '' || busy) return
    setLastSaid(said)
    setText('')
    chat.say(said)
  }
  const act = (action: ChatAction): void => {
    if (action.type === 'lesson' && answering.lessonId) open(`lesson/index?id=${answering.lessonId}`)
    else if (action.type === 'start' || action.type === 'next') answering.proceed(action)
    else chat.act(action)
    if (action.type === 'policy') setFocused(true)
  }
  const begun: ChatAction['type'][] = !connected && answering.posed ? ['start', 'next'] : []
  const onCard: ChatAction['type'][] = answering.goOn ? ['next'] : ['dont-know', 'postpone', ...begun]
  const goOn = (): void => answering.proceed({ type: 'next' })
  useEffect(() => {
    if (!asked || phase !== 'ready' || busy) return
    intent.set(null)
    act(asked)
  })
  useChatKeys({
    answering,
    onSend: send,
    recall: () => setText(lastSaid),
    onNext: goOn,
  })

  return (
    <Page tab="today" fixed>
      <Header />
      {phase === 'loading' && <Loading />}
      {phase === 'failed' && <Failed what="对话没有打开" why={chat.failure} onRetry={chat.reload} />}
      {phase === 'ready' && (
        <>
          <Conversation
            chat={chat}
            answering={answering}
            onLesson={id => open(`lesson/index?id=${id}`)}
            onPoints={() => goTab('me')}
            onPractice={() => goTab('practice')}
            onNext={goOn}
            onStart={() => doInChat({ type: 'start' })}
          />
          {writing.map(id => (
            <WritingBar key={id} id={id} following={chat.following} />
          ))}
          <Chips
            chips={chat.log.state.chips}
            busy={busy}
            possible={({ type }) =>
              connected || type === 'lesson' || (answering.canStartHere && ['start', 'next'].includes(type))
            }
            aside={answering.posed !== null || writing.length > 0}
            onCard={onCard}
            onTap={act}
          />
          <Composer
            text={text}
            onText={setText}
            onSend={send}
            focused={focused}
            onBlur={() => setFocused(false)}
          />
          <ModelLine />
        </>
      )}
    </Page>
  )
}
