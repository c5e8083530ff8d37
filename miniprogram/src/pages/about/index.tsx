import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { Page } from '../../components/Page.tsx'
import { Row } from '../../components/Row.tsx'
import { Seal } from '../../components/Seal.tsx'
import { openContract } from '../../privacy.ts'
import { open } from '../../route.ts'
import { site } from '../../site.ts'
import { useStore } from '../../store.ts'

definePageConfig({ navigationBarTitleText: '关于日知', disableScroll: true })

const weapp = process.env.TARO_ENV === 'weapp'

const PROMISES = [
  { title: '不添负担', text: '不强制打卡，不统计在线时长，不排名。哪天不学，不会攒下一堆。' },
  { title: '有据可查', text: '每道题都注明法规和条款。觉得题目有误，点“这题有误”，五个工作日内答复。' },
  { title: '账目清楚', text: '每一分都写明哪天、因为什么、按哪一版规则，随时可以对账。' },
  { title: '少收信息', text: '只保存学习必需的记录。积分和错题只有自己看得到。请勿在这里输入涉密信息。' },
]

const LABELS = [
  { label: '原文摘录', text: '由程序从收录的条文里找出来，一字不改，标出和问题对上的句子。' },
  { label: '人工审核', text: '由工作人员写好、另一位审核后发布的回答。' },
]
const MODEL_LABEL = {
  label: 'AI生成',
  text: '由大模型根据列出的条文写成，引用经程序核对，仅供参考，以条文为准。',
}

/** The labels an answer may bear here. */
const labelsWith = (model: boolean): typeof LABELS => (model ? [MODEL_LABEL, ...LABELS] : LABELS)

/** What 日知 is and what it promises. */
export default function AboutPage(): ReactNode {
  const { version, model } = useStore(site) ?? { version: '', model: null }
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
      <View className="card">
        <Text className="card-title is-small">回答上的标签</Text>
        {labelsWith(model !== null).map(({ label, text }) => (
          <View key={label} className="about-label">
            <Text className="tag">{label}</Text>
            <Text className="about-label-text">{text}</Text>
          </View>
        ))}
        {model && (
          <View className="hint about-model">
            大模型：{model.name}
            {model.filing === '' ? '' : `，备案号 ${model.filing}`}
          </View>
        )}
      </View>
      <View className="card is-list">
        <Row name="隐私保护指引" onTap={openContract} />
        {weapp && <Row name="存了什么、怎样删除" onTap={() => open('privacy/index')} />}
      </View>
      {version && <Text className="page-hint">版本 {version}</Text>}
    </Page>
  )
}
