import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { Button, Text, View } from '@tarojs/components'
import { agree, asked, decline, openContract, sheetShown } from '../privacy.ts'
import { useStore } from '../store.ts'
import { useVisible } from '../visible.ts'
import { GUARDED_WORDS } from './privacy-words.ts'
import { Tap } from './Tap.tsx'

const AGREE = 'privacy-agree'

/** Asks for consent on the page in view, in WeChat; what asks first is told first. */
export function PrivacySheet(): ReactNode {
  const request = useStore(asked)
  const visible = useVisible()
  const shown = request !== null && visible
  useEffect(() => {
    if (shown) sheetShown()
  }, [shown, request])
  if (!shown) return null
  const first = GUARDED_WORDS.filter(({ use }) => use === request.use)
  const others = GUARDED_WORDS.filter(({ use }) => use !== request.use)
  return (
    <View className="sheet-back">
      <View className="sheet" role="dialog" aria-label="隐私保护指引">
        <View className="sheet-body">
          <View className="sheet-title" role="heading">
            {first[0] ? `用“${first[0].name}”前，请您同意` : '用这项功能前，请您同意'}
          </View>
          {first.map(({ use, why }) => (
            <Text key={use} className="sheet-main">
              {why}
            </Text>
          ))}
          <View className="sheet-others">
            {others.map(({ use, name, why }) => (
              <View key={use} className="sheet-line">
                <Text className="sheet-name">{name}</Text>
                <Text className="sheet-why">{why}</Text>
              </View>
            ))}
          </View>
          <Text className="hint">不同意，别的功能照常使用。</Text>
          <Tap className="btn-text is-left" role="link" onTap={openContract}>
            看隐私保护指引全文
          </Tap>
        </View>
        <View className="sheet-ways">
          <Tap className="btn btn-line" onTap={decline}>
            暂不
          </Tap>
          <Button
            id={AGREE}
            className="btn btn-seal platform-button"
            openType="agreePrivacyAuthorization"
            onAgreePrivacyAuthorization={() => agree(AGREE)}
          >
            同意
          </Button>
        </View>
      </View>
    </View>
  )
}
