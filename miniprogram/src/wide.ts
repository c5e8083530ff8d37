import { useEffect, useState } from 'react'

const QUERY = '(min-width: 1024px)'
const h5 = process.env.TARO_ENV === 'h5'

/** Whether there is room for three zones; never in WeChat. */
export function useWide(): boolean {
  const [wide, setWide] = useState(() => h5 && window.matchMedia(QUERY).matches)
  useEffect(() => {
    if (!h5) return undefined
    const media = window.matchMedia(QUERY)
    const look = (): void => setWide(media.matches)
    media.addEventListener('change', look)
    return () => media.removeEventListener('change', look)
  }, [])
  return wide
}
