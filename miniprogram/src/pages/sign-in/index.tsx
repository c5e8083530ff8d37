import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { Input, Text, View } from '@tarojs/components'
import { Loading } from '../../components/Loading.tsx'
import { Seal } from '../../components/Seal.tsx'
import { Tap } from '../../components/Tap.tsx'
import { wordsOf } from '../../failure.ts'
import { fontScale } from '../../preferences.ts'
import { goTab } from '../../route.ts'
import { signInAs } from '../../session.ts'
import { loadSite, type Site, site } from '../../site.ts'
import { useStore } from '../../store.ts'

definePageConfig({ navigationBarTitleText: '日知', disableScroll: true })

/** The first page of a demonstration: a name is enough. Elsewhere WeChat and WeCom sign in by themselves. */
export default function SignInPage(): ReactNode {
  const scale = useStore(fontScale)
  const about = useStore(site)
  const [asked, setAsked] = useState(false)
  const look = (): void => void loadSite().then(() => setAsked(true))
  useEffect(look, [])

  return (
    <View className={`page scale-${scale * 100}`}>
      <View className="sign-in" role="main">
        <Seal large />
        <View className="sign-in-title" role="heading">
          每天一课五题
        </View>
        <Text className="sign-in-text">三分钟读一件事，五道题记住它。</Text>
        {about?.demo && <DemoForm />}
        {about && !about.demo && (
          <Text className="sign-in-text">请在{placesOf(about.ways)}里打开“日知”小程序。</Text>
        )}
        {!about && !asked && <Loading cards={1} />}
        {!about && asked && (
          <View className="sign-in-form">
            <Text className="sign-in-text">暂时连不上服务，请检查网络。</Text>
            <Tap className="btn btn-line is-wide" onTap={look}>
              重试
            </Tap>
          </View>
        )}
      </View>
    </View>
  )
}

const PLACES = { wechat: '微信', wecom: '企业微信' }
const placesOf = (ways: Site['ways']): string => ways.map(way => PLACES[way]).join('或')

function DemoForm(): ReactNode {
  const [name, setName] = useState('')
  const [failure, setFailure] = useState('')
  const [busy, setBusy] = useState(false)

  const enter = (): void => {
    if (name.trim() === '' || busy) return
    setBusy(true)
    setFailure('')
    signInAs(name.trim()).then(
      () => goTab('today'),
      (why: unknown) => {
        setFailure(wordsOf(why))
        setBusy(false)
      },
    )
  }
  return (
    <View className="sign-in-form">
      <Input
        className="field is-line"
        value={name}
        maxlength={20}
        placeholder="怎么称呼您"
        placeholderClass="placeholder"
        confirmType="go"
        onInput={({ detail }) => setName(detail.value)}
        onConfirm={enter}
      />
      {failure !== '' && <View className="field-failure">{failure}</View>}
      <Tap className="btn btn-seal is-wide" disabled={name.trim() === '' || busy} onTap={enter}>
        {busy ? '正在进入' : '开始'}
      </Tap>
      <Text className="hint">演示环境，随便起个名字即可，不要填真实身份信息。</Text>
    </View>
  )
}
