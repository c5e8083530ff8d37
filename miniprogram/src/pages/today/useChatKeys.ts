import { focusComposer } from '../../components/Composer.tsx'
import { onPressable, typing, useKeys } from '../../keyboard.ts'
import type { Answering } from './useAnswering.ts'

interface ChatKeys {
  answering: Answering
  /** Puts the last own words back into the composer. */
  recall: () => void
  onSend: () => void
  onNext: () => void
}

/** A–F choose, Enter commits and goes on, / goes to the composer, ↑ recalls the last own words. */
export function useChatKeys({ answering, recall, onSend, onNext }: ChatKeys): void {
  useKeys(event => {
    if (typing()) return keyInField(event, recall, onSend)
    if (event.key === '/') {
      event.preventDefault()
      focusComposer()
    } else if (event.key === 'ArrowUp') {
      event.preventDefault()
      recall()
      focusComposer()
    } else if (event.key === 'Enter' && !onPressable()) {
      if (answering.posed && !answering.busy) answering.commit()
      else if (answering.goOn !== null && !answering.busy) onNext()
    } else if (/^[a-f]$/i.test(event.key)) answering.draft.choose(event.key.toUpperCase())
  })
}

/** In the composer Enter sends and shift with Enter breaks the line; an empty field recalls by ↑; Escape leaves it. */
function keyInField(event: KeyboardEvent, recall: () => void, onSend: () => void): void {
  const field = document.activeElement
  if (!(field instanceof HTMLTextAreaElement)) return
  if (event.key === 'Enter' && !event.shiftKey && field.closest('.composer')) {
    event.preventDefault()
    event.stopPropagation()
    onSend()
  }
  if (event.key === 'ArrowUp' && field.value === '') {
    event.preventDefault()
    recall()
  }
  if (event.key === 'Escape') field.blur()
}
