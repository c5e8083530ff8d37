import type { Change } from './change.ts'
import { labelsIn } from './metadata/cited-label.ts'
import { titleKey } from './metadata/title.ts'

/** Something that rests on clauses: a question, a reviewed answer. */
export interface Resting {
  id: string
  sources: { law: string; article?: string | undefined }[]
}

/** What happened to a document. */
export interface DocumentNews {
  /** Everything the document is called. */
  names: string[]
  /** It applies no more, as a whole. */
  repealed: boolean
  /** It was changed, and the new words are not stored: any article may be another one. */
  unread: boolean
  changes: Change[]
}

/** What has to stop, and why: the first reason that holds. */
export interface Suspension {
  id: string
  /** The document as the question or answer names it. */
  law: string
  reason: 'repealed' | 'unread' | 'removed' | 'changed' | 'moved'
  /** The article it rests on; '' for the whole document. */
  label: string
  /** Where the words stand now; '' unless they moved. */
  to: string
}

/**
 * 法变题停: which questions and answers must stop until an editor has looked: those that rest on a document that is
 * repealed or of which the new words are missing, or on an article that was changed, removed or counted anew. One that
 * names no article stops with any change.
 */
export function suspensionsOf(resting: Resting[], news: DocumentNews): Suspension[] {
  const { names, repealed, unread, changes } = news
  const keys = new Set(names.map(titleKey))
  const touched = new Map(changes.filter(({ kind }) => kind !== 'added').map(each => [each.label, each]))
  if (!repealed && !unread && touched.size === 0) return []
  return resting.flatMap(({ id, sources }): Suspension[] => {
    for (const { law, article = '' } of sources) {
      if (!keys.has(titleKey(law))) continue
      if (repealed || unread) {
        return [{ id, law, reason: repealed ? 'repealed' : 'unread', label: article, to: '' }]
      }
      const labels = labelsIn(article)
      if (labels.length === 0) return [{ id, law, reason: 'changed', label: '', to: '' }]
      for (const label of labels) {
        const change = touched.get(label)
        if (change === undefined || change.kind === 'added') continue
        return [{ id, law, reason: change.kind, label, to: change.to ?? '' }]
      }
    }
    return []
  })
}
