import type { PropsWithChildren, ReactNode } from 'react'
import { useEffect, useRef } from 'react'
import { ScrollView, View } from '@tarojs/components'

const h5 = process.env.TARO_ENV === 'h5'

interface ScrollColumnProps extends PropsWithChildren {
  /** The id of the part to bring into view by its beginning; '' for none. */
  target: string
  onEnd?: () => void
}

/** The scrolling column of a page that is read: it opens at the part asked for, and moves to another one later. */
export function ScrollColumn({ target, onEnd, children }: ScrollColumnProps): ReactNode {
  const opened = useRef(false)
  useEffect(() => {
    const calm = !opened.current || !h5 || window.matchMedia('(prefers-reduced-motion: reduce)').matches
    opened.current = true
    if (!h5 || target === '') return
    document.getElementById(target)?.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' })
  }, [target])
  return (
    <ScrollView
      className="page-body"
      scrollY
      scrollWithAnimation
      scrollAnchoring
      scrollIntoView={h5 ? '' : target}
      onScrollToLower={onEnd}
    >
      <View className="page-column reading">{children}</View>
    </ScrollView>
  )
}
