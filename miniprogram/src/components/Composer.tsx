import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { Textarea, View } from '@tarojs/components'
import { Tap } from './Tap.tsx'

interface ComposerProps {
  text: string
  onText: (text: string) => void
  onSend: () => void
  /** Something asked for the cadre's own words. */
  focused: boolean
  onBlur: () => void
}

const h5 = process.env.TARO_ENV === 'h5'

/** Puts the cursor into the composer of the page in view, in a browser. */
export const focusComposer = (): void =>
  document.querySelector<HTMLElement>('.taro_page:not(.taro_page_shade) .composer textarea')?.focus()

/** Taro measures the field at each letter, which moves it: the end being written at comes back into view. */
function showEnd(): void {
  const field = document.activeElement
  if (!(field instanceof HTMLTextAreaElement) || field.selectionEnd < field.value.length) return
  const frame = field.closest('.composer-field')
  if (frame) frame.scrollTop = frame.scrollHeight
}

/** Where one types: grows to four lines; everything that can be tapped can be said here too. */
export function Composer({ text, onText, onSend, focused, onBlur }: ComposerProps): ReactNode {
  useEffect(() => {
    if (!h5) return undefined
    const frame = requestAnimationFrame(showEnd)
    return () => cancelAnimationFrame(frame)
  }, [text])
  useEffect(() => {
    if (h5 && focused) focusComposer()
  }, [focused])
  return (
    <View className="composer">
      <Textarea
        className="composer-field"
        value={text}
        maxlength={2000}
        autoHeight
        fixed
        {...(h5 ? {} : { focus: focused })}
        showConfirmBar={false}
        cursorSpacing={16}
        confirmType="send"
        placeholder="打字也可以"
        placeholderClass="placeholder"
        onInput={({ detail }) => onText(detail.value)}
        onConfirm={onSend}
        onBlur={onBlur}
      />
      <Tap className="composer-send" disabled={text.trim() === ''} onTap={onSend}>
        发送
      </Tap>
    </View>
  )
}
