import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { back } from '../route.ts'
import { Tap } from './Tap.tsx'

/** The way back and the name of the page, in a browser; WeChat draws its own. */
export function PageTop({ title }: { title: string }): ReactNode {
  return (
    <View className="page-top">
      <Tap className="page-back" label="返回" onTap={back}>
        ‹
      </Tap>
      <Text className="page-title">{title}</Text>
    </View>
  )
}
