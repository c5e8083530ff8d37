import type { ReactNode } from 'react'
import { useState } from 'react'
import { Button, Text, View } from '@tarojs/components'
import { avatar, dropAvatar, keepAvatar } from '../../avatar.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { Tap } from '../../components/Tap.tsx'
import { privacyTrouble } from '../../privacy.ts'
import { useStore } from '../../store.ts'

const weapp = process.env.TARO_ENV === 'weapp'

/** The picture, which never leaves this phone; WeChat alone can choose one. */
export function Picture({ name }: { name: string }): ReactNode {
  const chosen = useStore(avatar) !== ''
  const [trouble, setTrouble] = useState('')
  if (!weapp) return null
  return (
    <View className="card">
      <View className="picture">
        <Avatar name={name} large />
        <View className="picture-ways">
          <Button
            className="btn btn-line platform-button choose-avatar"
            openType="chooseAvatar"
            onChooseAvatar={({ detail }) => void keepAvatar(detail.avatarUrl).then(setTrouble)}
            onError={({ detail }) => setTrouble(privacyTrouble(detail))}
          >
            换头像
          </Button>
          {chosen && (
            <Tap className="btn-text" onTap={dropAvatar}>
              不用头像
            </Tap>
          )}
        </View>
      </View>
      <Text className="field-hint">头像只存在这台手机上，不上传，别人看不到。</Text>
      {trouble !== '' && <View className="field-failure">{trouble}</View>}
    </View>
  )
}
