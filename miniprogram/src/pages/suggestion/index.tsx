import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, Textarea, View } from '@tarojs/components'
import { dayOf } from '#shared/day'
import { Failed } from '../../components/Failed.tsx'
import { Page } from '../../components/Page.tsx'
import { Tap } from '../../components/Tap.tsx'
import { wordsOf } from '../../failure.ts'
import { useResource } from '../../resource.ts'
import { call } from '../../send.ts'
import { date, past } from '../../when.ts'

definePageConfig({ navigationBarTitleText: '投诉建议', disableScroll: true })

/** 投诉建议: always at hand; every one gets a reply. */
export default function SuggestionPage(): ReactNode {
  const { value, failure, reload } = useResource('suggestions', read => read('GET /suggestions'))
  const [text, setText] = useState('')
  const [note, setNote] = useState('')
  const [trouble, setTrouble] = useState('')
  const suggestions = value?.suggestions ?? []

  const send = (): void => {
    setTrouble('')
    setNote('')
    call('POST /suggestions', { body: { text: text.trim() } }).then(
      ({ replyBy }) => {
        setText('')
        setNote(`已收到，${date(replyBy)}前答复`)
        reload()
      },
      (why: unknown) => setTrouble(wordsOf(why)),
    )
  }

  return (
    <Page title="投诉建议">
      <View className="card">
        <Textarea
          className="field is-tall"
          value={text}
          maxlength={1000}
          cursorSpacing={120}
          placeholder="哪里不好用、哪里不合适，都可以写"
          placeholderClass="placeholder"
          onInput={({ detail }) => setText(detail.value)}
        />
        <Text className="field-hint">请勿填写涉密信息</Text>
        {trouble !== '' && <View className="field-failure">{trouble}</View>}
        {note !== '' && <View className="report-done">{note}</View>}
        <Tap className="btn btn-seal is-wide" disabled={text.trim().length < 2} onTap={send}>
          提交
        </Tap>
      </View>
      {!value && failure !== '' && <Failed what="以前写的没有打开" why={failure} onRetry={reload} />}
      {suggestions.length > 0 && <View className="list-day">我写过的</View>}
      {suggestions.map(entry => (
        <View key={entry.id} className="card">
          <Text className="kicker">{past(dayOf(new Date(entry.at)))}</Text>
          <Text className="said">{entry.text}</Text>
          <View className={entry.reply === null ? 'reply is-waiting' : 'reply'}>
            {entry.reply ?? `${date(entry.replyBy)}前答复`}
          </View>
        </View>
      ))}
    </Page>
  )
}
