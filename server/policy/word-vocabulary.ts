import type { Columns } from './column-table.ts'

/** The columns of a table of sensitive words by the words that head them. */
export const WORD_COLUMNS: Columns<'word' | 'kind' | 'treatment'> = {
  word: ['词', '敏感词', '词语', 'word'],
  kind: ['类别', '类型', 'kind'],
  treatment: ['处理', '处理方式', '处置', 'treatment'],
}

/** What becomes of a text with the word: 放行 is for phrases in which a word is fine. */
export const TREATMENTS: Readonly<Record<string, 'refuse' | 'review' | 'allow'>> = {
  拒收: 'refuse',
  复核: 'review',
  放行: 'allow',
}
