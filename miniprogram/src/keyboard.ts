import { useEffect, useRef } from 'react'
import { useDidHide, useDidShow } from '@tarojs/taro'

const h5 = process.env.TARO_ENV === 'h5'
const PRESSABLE = ['button', 'link', 'switch', 'tab', 'radio', 'checkbox']

/** Whether the person is typing into a field. */
export const typing = (): boolean => /^(input|textarea)$/i.test(document.activeElement?.tagName ?? '')

/** Whether the keyboard stands on something that Enter presses. Options are chosen by space, Enter commits. */
export const onPressable = (): boolean => ['button', 'link', 'switch', 'tab'].includes(focusedRole())

const focusedRole = (): string => document.activeElement?.getAttribute('role') ?? ''

/** In a browser everything that can be tapped can be pressed by Enter and space too. */
export function pressByKeyboard(): void {
  if (!h5) return
  document.addEventListener('keydown', event => {
    const enter = event.key === 'Enter' && onPressable()
    const space = event.key === ' ' && PRESSABLE.includes(focusedRole())
    if (!enter && !space) return
    event.preventDefault()
    const { activeElement } = document
    if (activeElement instanceof HTMLElement) activeElement.click()
  })
}

/** Listens to keys while the page is in view, in a browser only. */
export function useKeys(onKey: (event: KeyboardEvent) => void): void {
  const latest = useRef(onKey)
  latest.current = onKey
  const visible = useRef(true)
  useDidShow(() => {
    visible.current = true
  })
  useDidHide(() => {
    visible.current = false
  })
  useEffect(() => {
    if (!h5) return undefined
    const listener = (event: KeyboardEvent): void => {
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing
      if (visible.current && plain && !event.defaultPrevented) latest.current(event)
    }
    // Before the fields hear it: Taro's own keep every key to themselves.
    document.addEventListener('keydown', listener, true)
    return () => document.removeEventListener('keydown', listener, true)
  }, [])
}
