import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { Textarea, View } from '@tarojs/components'
import { Tap } from './Tap.tsx'

interface ComposerProps {
  text: string
  onText: (text: string) => void
  onSend: () => void
}

/** Taro measures the field at each letter, which moves it: the end being written at comes back into view. */
function showEnd(): void {
  const field = document.activeElement
  if (!(field instanceof HTMLTextAreaElement) || field.selectionEnd < field.value.length) return
  const frame = field.closest('.composer-field')
  if (frame) frame.scrollTop = frame.scrollHeight
}

/** Where one types: grows to four lines; everything that can be tapped can be said here too. */
export function Composer({ text, onText, onSend }: ComposerProps): ReactNode {
  useEffect(() => {
    if (process.env.TARO_ENV !== 'h5') return undefined
    const frame = requestAnimationFrame(showEnd)
    return () => cancelAnimationFrame(frame)
  }, [text])
  return (
    <View className="composer">
      <Textarea
        className="composer-field"
        value={text}
        maxlength={500}
        autoHeight
        fixed
        showConfirmBar={false}
        cursorSpacing={16}
        confirmType="send"
        placeholder="打字也可以"
        placeholderClass="placeholder"
        onInput={({ detail }) => onText(detail.value)}
        onConfirm={onSend}
      />
      <Tap className="composer-send" disabled={text.trim() === ''} onTap={onSend}>
        发送
      </Tap>
    </View>
  )
}
