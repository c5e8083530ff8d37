import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { Page } from '../../components/Page.tsx'
import { GUARDED_WORDS, STORED_WORDS } from '../../components/privacy-words.ts'

definePageConfig({ navigationBarTitleText: '隐私保护', disableScroll: true })

/** What is stored of a cadre, who sees it and how it is deleted, in plain words. */
export default function PrivacyPage(): ReactNode {
  return (
    <Page title="隐私保护">
      <View className="card">
        {STORED_WORDS.map(({ title, text }) => (
          <View key={title} className="promise">
            <Text className="card-title is-small">{title}</Text>
            <Text className="goal-line">{text}</Text>
          </View>
        ))}
      </View>
      <View className="list-day">在微信里，用到时才请您同意的</View>
      <View className="card is-list">
        {GUARDED_WORDS.map(({ use, name, why }) => (
          <View key={use} className="row is-still">
            <View className="row-words">
              <Text className="row-name">{name}</Text>
              <Text className="goal-line">{why}</Text>
            </View>
          </View>
        ))}
      </View>
      <Text className="page-hint">不同意其中任何一项，别的功能都照常使用。请勿在这里输入涉密信息。</Text>
    </Page>
  )
}
