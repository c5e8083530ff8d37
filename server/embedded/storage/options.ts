import type { Doc } from '../value/document.ts'

/** What a collection was made with, as `listCollections` gives it; a view has no documents of its own. */
export interface CollectionOptions {
  validator?: Doc
  validationLevel?: 'strict' | 'moderate' | 'off'
  validationAction?: 'error' | 'warn'
  capped?: boolean
  size?: number
  max?: number
  collation?: Doc
  viewOn?: string
  pipeline?: Doc[]
}
