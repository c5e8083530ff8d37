import { useState } from 'react'
import type { Question } from '#shared/question'

/** An answer being made: nothing is sent before 确定. */
export interface Draft {
  chosen: string[]
  guessed: boolean
  /** Whether 确定 can be tapped. */
  ready: boolean
  choose(label: string): void
  fill(gap: number, text: string): void
  guess(): void
}

/** The draft for the open question; another question starts empty. */
export function useDraft(key: string, question: Question | undefined): Draft {
  const [draft, setDraft] = useState({ key, chosen: [] as string[], guessed: false })
  const { chosen, guessed }: { chosen: string[]; guessed: boolean } =
    draft.key === key ? draft : { chosen: [], guessed: false }
  const put = (part: { chosen?: string[]; guessed?: boolean }): void =>
    setDraft({ key, chosen, guessed, ...part })

  return {
    chosen,
    guessed,
    ready: question !== undefined && isComplete(question, chosen),
    choose(label) {
      if (!question?.options.some(option => option.label === label)) return
      if (question.type !== 'multiple') put({ chosen: [label] })
      else if (chosen.includes(label)) put({ chosen: chosen.filter(other => other !== label) })
      else put({ chosen: [...chosen, label].sort() })
    },
    fill(gap, text) {
      const texts = Array.from({ length: question?.blanks ?? 0 }, (_, index) => chosen[index] ?? '')
      texts[gap] = text
      put({ chosen: texts })
    },
    guess: () => put({ guessed: !guessed }),
  }
}

const isComplete = ({ type, blanks }: Question, chosen: string[]): boolean =>
  type === 'blank' ? chosen.length === blanks && chosen.every(text => text.trim() !== '') : chosen.length > 0
