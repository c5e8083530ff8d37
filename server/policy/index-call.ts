import type { Asked, Found } from './retrieval.ts'
import type { PolicyDocument } from './retrieval/catalogue.ts'

/** What the thread of the index is started with. */
export interface IndexStart {
  /** The saved index; a missing or unusable one makes an empty index. */
  indexFile: string
  /** The table of what was learned from questions. */
  learnedFile: string | undefined
}

/** What the thread of the index can be asked, and what it answers. */
export interface IndexCalls {
  search: { asked: Asked; answer: Found }
  add: { asked: PolicyDocument[]; answer: IndexSize }
  remove: { asked: string[]; answer: IndexSize }
  /** Vectors of articles, for searching by meaning too; they are not saved with the index. */
  keepVectors: { asked: [key: string, vector: Float32Array][]; answer: undefined }
  /** Writes the index to its file, whole or not at all. */
  save: { asked: undefined; answer: IndexSize }
  /** What the index keeps of every document, without its articles. */
  faces: { asked: undefined; answer: IndexedFace[] }
}

/** As a document stands in the index. */
export type IndexedFace = Omit<PolicyDocument, 'articles'>

export interface IndexSize {
  documents: number
  articles: number
}

export type IndexCall = {
  [Kind in keyof IndexCalls]: { id: number; kind: Kind; asked: IndexCalls[Kind]['asked'] }
}[keyof IndexCalls]

/** What comes from the thread: once that it is ready, then an answer to each call. */
export type FromIndex =
  | { kind: 'ready'; size: IndexSize; rebuilt: string | undefined }
  | { kind: 'answer'; id: number; answer: unknown }
  | { kind: 'failed'; id: number; message: string }
