import type { ReactNode } from 'react'
import { Image, Text, View } from '@tarojs/components'
import { avatar, dropAvatar } from '../avatar.ts'
import { useStore } from '../store.ts'

/** The cadre's picture on this device, or the last character of the name, by which people call each other. */
export function Avatar({ name, large = false }: { name: string; large?: boolean }): ReactNode {
  const path = useStore(avatar)
  const className = large ? 'avatar is-large' : 'avatar'
  if (path !== '') {
    return <Image className={`${className} is-picture`} src={path} mode="aspectFill" onError={dropAvatar} />
  }
  return (
    <View className={className} aria-hidden="true">
      <Text>{[...name].pop() ?? '我'}</Text>
    </View>
  )
}
