import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { useDidShow } from '@tarojs/taro'
import type { ChatAction } from '#shared/chat'
import { Chips } from '../../components/Chips.tsx'
import { Composer } from '../../components/Composer.tsx'
import { Failed } from '../../components/Failed.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Page } from '../../components/Page.tsx'
import { online } from '../../network.ts'
import { keepUpcomingLessons } from '../../offline.ts'
import { doInChat, goTab, intent, open } from '../../route.ts'
import { useStore } from '../../store.ts'
import { refreshToday } from '../../today.ts'
import { Conversation } from './Conversation.tsx'
import { Header } from './Header.tsx'
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
  const asked = useStore(intent)
  const connected = useStore(online)
  const { phase, saying } = chat
  const busy = saying !== null && saying.failure === ''

  useDidShow(() => void refreshToday().then(keepUpcomingLessons))
  useEffect(() => {
    if (!asked || phase !== 'ready' || busy) return
    intent.set(null)
    chat.act(asked)
  })

  const send = (): void => {
    const said = text.trim()
    if (said === '' || busy) return
    setLastSaid(said)
    setText('')
    chat.say(said)
  }
  const act = (action: ChatAction): void => {
    if (action.type === 'lesson' && answering.lessonId) open(`lesson/index?id=${answering.lessonId}`)
    else chat.act(action)
  }
  useChatKeys({
    answering,
    onSend: send,
    recall: () => setText(lastSaid),
    onNext: () => chat.act({ type: 'next' }),
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
            onStart={() => doInChat({ type: 'start' })}
          />
          <Chips
            chips={chat.log.state.chips}
            busy={busy}
            connected={connected}
            aside={answering.posed !== null}
            onCard={answering.canGoOn ? ['next'] : ['dont-know', 'postpone']}
            onTap={act}
          />
          <Composer text={text} onText={setText} onSend={send} />
        </>
      )}
    </Page>
  )
}
