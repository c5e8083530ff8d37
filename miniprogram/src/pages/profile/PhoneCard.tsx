import type { ReactNode } from 'react'
import { useState } from 'react'
import { Button, Text, View } from '@tarojs/components'
import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import { Tap } from '../../components/Tap.tsx'
import { wordsOf } from '../../failure.ts'
import { privacyTrouble } from '../../privacy.ts'
import { call } from '../../send.ts'
import { site } from '../../site.ts'
import { useStore } from '../../store.ts'

type Me = Reply<Api['GET /me']>

interface PhoneCardProps {
  phone: string | null
  onChanged: (me: Me) => void
}

/** What WeChat says of the tap on the phone button. */
interface Told {
  code?: string
  errMsg?: string
  errno?: number
}

const weapp = process.env.TARO_ENV === 'weapp'
/** The installation has used up what it may ask of WeChat. Source: getPhoneNumber, developers.weixin.qq.com. */
const NO_QUOTA = 1400001

/** A phone number, for those who want to give it: why it is asked for, and the way to take it back. */
export function PhoneCard({ phone, onChanged }: PhoneCardProps): ReactNode {
  const possible = useStore(site)?.phone === true && weapp
  const [trouble, setTrouble] = useState('')
  const [asking, setAsking] = useState(false)
  if (phone === null && !possible) return null

  const change = (doing: Promise<Me>): void => {
    setTrouble('')
    setAsking(false)
    doing.then(onChanged, (why: unknown) => setTrouble(wordsOf(why)))
  }
  const take = (told: Told): void => {
    if (told.code) change(call('POST /me/phone', { body: { code: told.code } }))
    else setTrouble(troubleOf(told))
  }
  return (
    <View className="card">
      <View className="kicker">手机号（可以不填）</View>
      {phone !== null && (
        <View className="row is-inset phone-row">
          <Text className="row-name figure">{phone}</Text>
          <Tap className="btn-text" onTap={() => setAsking(true)}>
            删除
          </Tap>
        </View>
      )}
      <Text className="goal-line phone-why">
        只用来和本单位的名单对上号，不用来登录、提醒或别的事。不填，所有功能照常使用。
      </Text>
      {trouble !== '' && <View className="field-failure">{trouble}</View>}
      {asking && (
        <View className="card-foot">
          <Tap className="btn-text" onTap={() => setAsking(false)}>
            不删
          </Tap>
          <Tap className="btn btn-line" onTap={() => change(call('DELETE /me/phone'))}>
            确定删除
          </Tap>
        </View>
      )}
      {phone === null && (
        <Button
          className="btn btn-line is-wide platform-button give-phone"
          openType="getPhoneNumber"
          onGetPhoneNumber={({ detail }) => take(detail)}
        >
          填写微信手机号
        </Button>
      )}
    </View>
  )
}

function troubleOf(told: Told): string {
  if (told.errno === NO_QUOTA) return '这个月填写手机号的次数用完了，不填也不影响使用'
  return privacyTrouble(told) || '没有填写手机号，不影响使用'
}
