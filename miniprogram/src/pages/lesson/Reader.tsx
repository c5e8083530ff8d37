import type { PropsWithChildren, ReactNode } from 'react'
import { useEffect } from 'react'
import { ScrollView, View } from '@tarojs/components'

const h5 = process.env.TARO_ENV === 'h5'

/** The scrolling column of a lesson; a new section is brought in by its beginning. */
export function Reader({ target, children }: PropsWithChildren<{ target: string }>): ReactNode {
  useEffect(() => {
    if (!h5 || target === '') return
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    document.getElementById(target)?.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' })
  }, [target])
  return (
    <ScrollView className="page-body" scrollY scrollWithAnimation scrollIntoView={h5 ? '' : target}>
      <View className="page-column reading">{children}</View>
    </ScrollView>
  )
}
