import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import { dayOf } from '#shared/day'
import { Failed } from '../../components/Failed.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Page } from '../../components/Page.tsx'
import { Tap } from '../../components/Tap.tsx'
import { wordsOf } from '../../failure.ts'
import { useResource } from '../../resource.ts'
import { call } from '../../send.ts'
import { signOut } from '../../session.ts'
import { past } from '../../when.ts'

definePageConfig({ navigationBarTitleText: '登录的设备', disableScroll: true })

/** Where one is signed in; any other device can be signed out from here. */
export default function DevicesPage(): ReactNode {
  const { value, failure, reload } = useResource('devices', read => read('GET /devices'))
  const [trouble, setTrouble] = useState('')

  const remove = (id: string): void => {
    setTrouble('')
    call('DELETE /devices/:id', { params: { id } }).then(reload, (why: unknown) => setTrouble(wordsOf(why)))
  }

  return (
    <Page title="登录的设备">
      {!value && failure === '' && <Loading cards={1} />}
      {!value && failure !== '' && <Failed what="设备没有打开" why={failure} onRetry={reload} />}
      {trouble !== '' && <View className="field-failure">{trouble}</View>}
      {value && (
        <View className="card is-list">
          {value.devices.map(({ id, device, current, signedInAt }) => (
            <View key={id} className="row is-still">
              <View className="row-words">
                <Text className="row-name">{device || '未命名设备'}</Text>
                <Text className="hint">{past(dayOf(new Date(signedInAt)))}登录</Text>
              </View>
              {current ? (
                <Text className="tag">本机</Text>
              ) : (
                <Tap className="btn-text" onTap={() => remove(id)}>
                  退出
                </Tap>
              )}
            </View>
          ))}
        </View>
      )}
      <Tap className="btn btn-line is-wide" onTap={() => void signOut()}>
        在本机退出登录
      </Tap>
    </Page>
  )
}
