import type { ReactNode } from 'react'
import { useRouter } from '@tarojs/taro'
import { Text, View } from '@tarojs/components'
import { Blocks } from '../../components/Blocks.tsx'
import { Failed } from '../../components/Failed.tsx'
import { Steps } from '../../components/LessonCard.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Page } from '../../components/Page.tsx'
import { ScrollColumn } from '../../components/ScrollColumn.tsx'
import { Sources } from '../../components/Sources.tsx'
import { Tap } from '../../components/Tap.tsx'
import { doInChat } from '../../route.ts'
import { date } from '../../when.ts'

import { useReading } from './useReading.ts'
import type { Reading } from './useReading.ts'

definePageConfig({ navigationBarTitleText: '今日一课', disableScroll: true })

/** One lesson, section by section, to the one thing to do tomorrow. */
export default function LessonPage(): ReactNode {
  const { id = '' } = useRouter().params
  const { lesson, failure, shown, atEnd, pace, target, next, reload } = useReading(id)

  if (!lesson) {
    return (
      <Page title="今日一课">
        {failure === '' ? (
          <Loading cards={1} />
        ) : (
          <Failed what="这一课没有打开" why={failure} onRetry={reload} />
        )}
      </Page>
    )
  }
  const { title, topic, minutes, body, tomorrow, sources, overdue, reviewBy } = lesson
  return (
    <Page title="今日一课" fixed foot={<Foot atEnd={atEnd} pace={pace} onNext={next} />}>
      <View className="reading-progress">
        <Steps of={body.length} done={shown} />
      </View>
      <ScrollColumn target={target}>
        <Text className="kicker">
          {topic} · 约 {Math.max(1, Math.round(minutes))} 分钟
        </Text>
        <View className="lesson-title" role="heading">
          {title}
        </View>
        {overdue && (
          <View className="line-note is-amber is-inset">
            这一课应在{date(reviewBy)}前复核，内容可能有变化
          </View>
        )}
        {body.slice(0, shown).map((section, index) => (
          <View key={index} id={`s${index}`} className="section">
            {section.heading !== '' && <View className="section-title">{section.heading}</View>}
            <Blocks blocks={section.blocks} />
          </View>
        ))}
        {atEnd && (
          <View id={`s${body.length}`}>
            {tomorrow.length > 0 && (
              <View className="tomorrow">
                <Text className="tomorrow-title">明天就能做的一件事</Text>
                <Blocks blocks={tomorrow} />
              </View>
            )}
            {sources.length > 0 && (
              <View className="lesson-sources">
                <Text className="kicker">这一课的依据</Text>
                <Sources sources={sources} />
              </View>
            )}
          </View>
        )}
      </ScrollColumn>
    </Page>
  )
}

interface FootProps extends Pick<Reading, 'atEnd' | 'pace'> {
  onNext: () => void
}

const PACES = { read: '已读完', soon: '再看一会儿，就算读完了' }

function Foot({ atEnd, pace, onNext }: FootProps): ReactNode {
  return (
    <View className="page-foot">
      {pace !== '' && (
        <View className="foot-hint" role="status">
          {PACES[pace]}
        </View>
      )}
      {atEnd ? (
        <Tap className="btn btn-seal is-wide" onTap={() => doInChat({ type: 'start' })}>
          去答题
        </Tap>
      ) : (
        <Tap className="btn btn-seal is-wide" onTap={onNext}>
          下一节
        </Tap>
      )}
    </View>
  )
}
