import type { ReactNode } from 'react'
import { Image, Text, View } from '@tarojs/components'
import { useRoles } from '../roles.ts'
import { goTab, open } from '../route.ts'
import type { Tab } from '../route.ts'
import { Seal } from './Seal.tsx'
import { tabs } from './tabs.ts'
import { Tap } from './Tap.tsx'

/** The left zone of a desktop. */
export function SideNav({ tab: current }: { tab: Tab | undefined }): ReactNode {
  const roles = useRoles()
  return (
    <View className="side-nav" role="navigation">
      <View className="side-brand">
        <Seal />
        <Text className="side-name">每天一课五题</Text>
      </View>
      {tabs.map(({ tab, label, icon, iconOn }) => (
        <Tap
          key={tab}
          role="link"
          className={tab === current ? 'side-item is-on' : 'side-item'}
          onTap={() => goTab(tab)}
        >
          <Image className="side-icon" src={tab === current ? iconOn : icon} />
          <Text>{label}</Text>
        </Tap>
      ))}
      {roles.length > 0 && (
        <Tap role="link" className="side-item" onTap={() => open('review/index')}>
          <View className="side-icon is-letter">
            <Text>审</Text>
          </View>
          <Text>审核台</Text>
        </Tap>
      )}
      {roles.includes('admin') && (
        <Tap role="link" className="side-item" onTap={() => open('sends/index')}>
          <View className="side-icon is-letter">
            <Text>发</Text>
          </View>
          <Text>今日提醒发送</Text>
        </Tap>
      )}
    </View>
  )
}
