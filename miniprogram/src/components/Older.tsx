import type { ReactNode } from 'react'
import { View } from '@tarojs/components'
import type { Paged } from '../paged.ts'
import { Tap } from './Tap.tsx'

/** The foot of a list: the way to older items, and why they did not come. */
export function Older({ of: { trouble, more, loadMore } }: { of: Paged<unknown> }): ReactNode {
  return (
    <>
      {trouble !== '' && <View className="field-failure">{trouble}</View>}
      {more && (
        <Tap className="more-line" onTap={loadMore}>
          再看一些
        </Tap>
      )}
    </>
  )
}
