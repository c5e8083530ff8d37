import type { QuestionType, Source } from '#shared/question'

/** A question as an editor or a file gives it, before the bank has taken it. */
export interface QuestionDraft {
  type: QuestionType
  stem: string
  /** Labels A, B, C… in order; empty for a blank. A judge question has A 正确 and B 错误. */
  options: {
    label: string
    text: string
    /** Why it is wrong; empty for the key or where nobody wrote it. */
    why: string
  }[]
  /** Labels in order; for a blank the texts of its gaps. */
  key: string[]
  /** Blanks only: the texts belong to the gaps in their order. Otherwise they are a set. */
  ordered: boolean
  explanation: string
  topic: string
  /** 1 easy to 5 hard, as the editors see it; null when nobody said. */
  difficulty: number | null
  sources: Source[]
}
