import type { ReactNode } from 'react'
import { useState } from 'react'
import { Button, Form, Input, Text, View } from '@tarojs/components'
import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import { Tap } from '../../components/Tap.tsx'
import { wordsOf } from '../../failure.ts'
import { call } from '../../send.ts'

type Me = Reply<Api['GET /me']>

interface NameFormProps {
  name: string
  onSaved: (me: Me) => void
}

const h5 = process.env.TARO_ENV === 'h5'
const SHORTEST = 2
const LONGEST = 20
const UNFIT = '名字请写 2 到 20 个字，只写一行'
const REFUSED = '微信没有通过这个昵称，请换一个'

/**
 * What one wants to be called. In WeChat the name is read when the form is sent: WeChat empties a nickname it refuses
 * after it was typed, and tells nobody.
 */
export function NameForm({ name, onSaved }: NameFormProps): ReactNode {
  /** What was typed and not saved yet; null where nothing was. */
  const [draft, setDraft] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const [trouble, setTrouble] = useState('')

  const text = draft ?? name
  const save = (given: string): void => {
    setNote('')
    setTrouble('')
    const length = [...given.trim()].length
    if (length < SHORTEST || length > LONGEST) return setTrouble(UNFIT)
    call('PUT /me', { body: { name: given } }).then(
      me => {
        setDraft(null)
        setNote('已保存')
        onSaved(me)
      },
      (why: unknown) => setTrouble(wordsOf(why)),
    )
  }
  const fields = (
    <>
      <View className="kicker">怎么称呼您</View>
      <Input
        className="field is-line"
        name="name"
        type={h5 ? 'text' : 'nickname'}
        value={text}
        maxlength={LONGEST * 2}
        placeholder="姓名或您习惯的称呼"
        placeholderClass="placeholder"
        onInput={({ detail }) => setDraft(detail.value)}
        onNickNameReview={({ detail }) => !detail.pass && !detail.timeout && setTrouble(REFUSED)}
        onConfirm={() => h5 && save(text)}
      />
      <Text className="field-hint">可以不填。2 到 20 个字，请勿填写涉密信息。</Text>
      {trouble !== '' && <View className="field-failure">{trouble}</View>}
      {note !== '' && (
        <View className="report-done" role="status">
          {note}
        </View>
      )}
    </>
  )
  if (h5) {
    return (
      <View className="card name-form">
        {fields}
        <Tap className="btn btn-seal is-wide" disabled={text.trim() === name} onTap={() => save(text)}>
          保存
        </Tap>
      </View>
    )
  }
  return (
    <Form className="card name-form" onSubmit={({ detail }) => save(String(detail.value?.name ?? ''))}>
      {fields}
      <Button className="btn btn-seal is-wide platform-button" formType="submit">
        保存
      </Button>
    </Form>
  )
}
