import { onPressable, typing, useKeys } from '../../keyboard.ts'
import type { Answering } from './useAnswering.ts'

interface ChatKeys {
  answering: Answering
  /** Puts the last own words back into the composer. */
  recall: () => void
  onNext: () => void
}

const focusComposer = (): void =>
  document.querySelector<HTMLElement>('.taro_page:not(.taro_page_shade) .composer textarea')?.focus()

/** A–F choose, Enter commits and goes on, / goes to the composer, ↑ recalls the last own words. */
export function useChatKeys({ answering, recall, onNext }: ChatKeys): void {
  useKeys(event => {
    if (typing()) return keyInField(event, recall)
    if (event.key === '/') {
      event.preventDefault()
      focusComposer()
    } else if (event.key === 'ArrowUp') {
      event.preventDefault()
      recall()
      focusComposer()
    } else if (event.key === 'Enter' && !onPressable()) {
      if (answering.posed && !answering.busy) answering.commit()
      else if (answering.canGoOn && !answering.busy) onNext()
    } else if (/^[a-f]$/i.test(event.key)) answering.draft.choose(event.key.toUpperCase())
  })
}

/** In the composer Enter sends, which the field itself reports; an empty field recalls by ↑ and is left by Escape. */
function keyInField(event: KeyboardEvent, recall: () => void): void {
  const field = document.activeElement
  if (!(field instanceof HTMLTextAreaElement)) return
  if (event.key === 'ArrowUp' && field.value === '') {
    event.preventDefault()
    recall()
  }
  if (event.key === 'Escape') field.blur()
}
