import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import { Tap } from '../../components/Tap.tsx'
import { copy } from '../../clipboard.ts'

/** One's number: an administrator who gives a right asks for it, as names can be chosen by anybody. */
export function NumberRow({ number }: { number: string }): ReactNode {
  const [failure, setFailure] = useState('')
  return (
    <View className="card">
      <Text className="card-title is-small">我的编号</Text>
      <Text className="number figure" selectable>
        {number}
      </Text>
      <Text className="goal-line">管理员给您开通编辑、审核权限时，会核对这个编号。</Text>
      <View className="card-foot">
        <Tap className="btn btn-line" onTap={() => void copy(number).then(setFailure)}>
          复制
        </Tap>
      </View>
      {failure !== '' && <View className="field-failure">{failure}</View>}
    </View>
  )
}
