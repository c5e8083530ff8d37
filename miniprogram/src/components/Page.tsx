import type { PropsWithChildren, ReactNode } from 'react'
import { useEffect } from 'react'
import { ScrollView, View } from '@tarojs/components'
import { fontScale } from '../preferences.ts'
import { revealed } from '../reveal.ts'
import type { Tab } from '../route.ts'
import { useStore } from '../store.ts'
import { DemoBanner } from './DemoBanner.tsx'
import { OfflineLine } from './OfflineLine.tsx'
import { PageTop } from './PageTop.tsx'
import { PrivacySheet } from './PrivacySheet.tsx'
import { SideNav } from './SideNav.tsx'
import { TabBar } from './TabBar.tsx'
import { TodayPanel } from './TodayPanel.tsx'
import { UpdateLine } from './UpdateLine.tsx'
import { UnkeptLine } from './UnkeptLine.tsx'

interface PageProps extends PropsWithChildren {
  /** For the pages of the tab bar. */
  tab?: Tab
  /** For the pages above them. */
  title?: string
  /** The page scrolls its own parts. */
  fixed?: boolean
  /** Stays below the scrolling part. */
  foot?: ReactNode
  /** The right zone of a desktop; today's plan unless given. */
  panel?: ReactNode
  /** The middle zone of a desktop takes all the room there is: for tables. */
  wide?: boolean
  onEnd?: () => void
}

const h5 = process.env.TARO_ENV === 'h5'

/** What all pages share: letter size, banners, and in a browser the bars and the three zones of a desktop. */
export function Page({
  tab,
  title,
  fixed = false,
  foot,
  panel,
  wide = false,
  onEnd,
  children,
}: PageProps): ReactNode {
  const scale = useStore(fontScale)
  const asked = useStore(revealed)
  useEffect(() => {
    if (h5 && asked) document.getElementById(asked.id)?.scrollIntoView({ block: 'nearest' })
  }, [asked])
  return (
    <View className={`page scale-${scale * 100}${wide ? ' is-wide' : ''}`}>
      {h5 && <SideNav tab={tab} />}
      <View className="page-main" role="main">
        <DemoBanner />
        <UpdateLine />
        <OfflineLine />
        <UnkeptLine />
        {h5 && title && <PageTop title={title} />}
        {fixed ? (
          children
        ) : (
          <ScrollView
            className="page-body"
            scrollY
            scrollIntoView={h5 ? '' : asked?.id}
            onScrollToLower={onEnd}
          >
            <View className="page-column">{children}</View>
          </ScrollView>
        )}
        {foot}
        {h5 && tab && <TabBar tab={tab} />}
      </View>
      {h5 && (panel ?? <TodayPanel />)}
      {!h5 && <PrivacySheet />}
    </View>
  )
}
