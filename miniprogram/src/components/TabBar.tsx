import type { ReactNode } from 'react'
import { Image, Text, View } from '@tarojs/components'
import { goTab } from '../route.ts'
import type { Tab } from '../route.ts'
import { tabs } from './tabs.ts'
import { Tap } from './Tap.tsx'

/** The bar at the bottom, in a browser on a phone. */
export function TabBar({ tab: current }: { tab: Tab }): ReactNode {
  return (
    <View className="tab-bar" role="tablist">
      {tabs.map(({ tab, label, icon, iconOn }) => (
        <Tap
          key={tab}
          role="tab"
          on={tab === current}
          className={tab === current ? 'tab is-on' : 'tab'}
          onTap={() => goTab(tab)}
        >
          <Image className="tab-icon" src={tab === current ? iconOn : icon} />
          <Text>{label}</Text>
        </Tap>
      ))}
    </View>
  )
}
