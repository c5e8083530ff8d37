import type { QuestionDraft } from './draft.ts'
import { comparable, foldWidth } from './import/fold.ts'

type Identified = Pick<QuestionDraft, 'type' | 'stem' | 'options'>

/** What makes two questions the same: type, stem and options in any order. The key is no part of it. */
export function identityOf(question: Identified): string {
  const options =
    question.type === 'judge' ? [] : question.options.map(option => comparable(option.text)).sort()
  return [question.type, comparableStem(question.stem), ...options].join('\n')
}

/** However a gap is drawn, and with or without a full stop behind it, the stem is the same. */
function comparableStem(stem: string): string {
  const gap = foldWidth(stem).replace(/\(\s*_*\s*\)|\[\s*\]|_{2,}/g, '()')
  return comparable(gap)
    .replace(/\(\)[.?!]*$/, '')
    .replace(/[.?!]+$/, '')
}

/** What makes two keys of the same question equal: the words of the right options, or the texts of the gaps. */
export function keyIdentity(
  question: { options: { label: string; text: string }[]; ordered: boolean },
  key: string[],
): string {
  const words = key.map(each =>
    comparable(question.options.find(option => option.label === each)?.text ?? each),
  )
  return (question.ordered ? words : words.sort()).join('\n')
}
