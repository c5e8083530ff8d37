import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { Page } from '../../components/Page.tsx'
import { Seal } from '../../components/Seal.tsx'
import { site } from '../../site.ts'
import { useStore } from '../../store.ts'

definePageConfig({ navigationBarTitleText: '关于日知', disableScroll: true })

const PROMISES = [
  { title: '不添负担', text: '不强制打卡，不统计在线时长，不排名。哪天不学，不会攒下一堆。' },
  { title: '有据可查', text: '每道题都注明法规和条款。觉得题目有误，点“这题有误”，五个工作日内答复。' },
  { title: '账目清楚', text: '每一分都写明哪天、因为什么、按哪一版规则，随时可以对账。' },
  { title: '少收信息', text: '只保存学习必需的记录。积分和错题只有自己看得到。请勿在这里输入涉密信息。' },
]

/** What 日知 is and what it promises. */
export default function AboutPage(): ReactNode {
  const version = useStore(site)?.version
  return (
    <Page title="关于日知">
      <View className="about-head">
        <Seal large />
        <Text className="about-quote">日知其所亡，月无忘其所能</Text>
        <Text className="hint">《论语·子张》</Text>
      </View>
      <View className="card">
        {PROMISES.map(({ title, text }) => (
          <View key={title} className="promise">
            <Text className="card-title is-small">{title}</Text>
            <Text className="goal-line">{text}</Text>
          </View>
        ))}
      </View>
      {version && <Text className="page-hint">版本 {version}</Text>}
    </Page>
  )
}
