import type { Model, ModelFailure, Usage } from '../../clients/model.ts'
import { checkAnswer, checkSentence } from './citation-check.ts'
import type { Passage } from './passage.ts'
import { answerPrompt, NO_EVIDENCE, type Turn } from './prompt.ts'
import { wholeSentences } from './sentence.ts'

/** What came of asking a model. With all but `written` the excerpts are shown, with a notice; `stopped` shows what there is. */
export type Written =
  | { outcome: 'written'; text: string; cites: number[]; dropped: number; usage: Usage }
  /** It says that the passages do not answer. */
  | { outcome: 'no-evidence'; usage: Usage }
  /** Too little of it rests on the passages. */
  | { outcome: 'unsupported'; usage: Usage }
  | { outcome: 'failed'; failure: ModelFailure; usage: Usage }
  | { outcome: 'stopped'; text: string; usage: Usage }

export interface Writing {
  question: string
  passages: readonly Passage[]
  earlier?: readonly Turn[]
  model: Pick<Model, 'write'>
  signal?: AbortSignal
  /** Each sentence once it was checked, and only those that passed. */
  onSentence?: (sentence: string) => void
}

/** Has a model write the answer. Nothing of it is handed on before it was checked. */
export async function writeAnswer({
  question,
  passages,
  earlier,
  model,
  signal,
  onSentence,
}: Writing): Promise<Written> {
  const { messages, given } = answerPrompt(question, passages, earlier)
  const gate = new AbortController()
  const kept: string[] = []
  let failedFirst = false
  let rest = ''
  const take = (piece: string): void => {
    const whole = wholeSentences(rest + piece)
    rest = whole.rest
    for (const sentence of whole.sentences) {
      if (failedFirst) return
      if (checkSentence(sentence, given).fault === null) {
        kept.push(sentence)
        onSentence?.(sentence)
      } else if (kept.length === 0) {
        failedFirst = true
        gate.abort()
      }
    }
  }
  const signals = signal ? AbortSignal.any([signal, gate.signal]) : gate.signal
  try {
    const { text, usage } = await model.write({ messages, signal: signals, onPiece: take })
    return judged(text, { usage, given, kept, onSentence })
  } catch (error) {
    if (!isModelFailure(error)) throw error
    const { usage } = error
    if (failedFirst) return { outcome: 'unsupported', usage }
    if (error.kind === 'stopped') return { outcome: 'stopped', text: kept.join(''), usage }
    return { outcome: 'failed', failure: error, usage }
  }
}

/** Clients are handed in, so their classes are known by name. */
export const isModelFailure = (error: unknown): error is ModelFailure =>
  error instanceof Error && error.name === 'ModelFailure'

interface Judging extends Pick<Writing, 'onSentence'> {
  usage: Usage
  given: readonly Passage[]
  kept: readonly string[]
}

function judged(text: string, { usage, given, kept, onSentence }: Judging): Written {
  if (text.replace(/\s|[。.]$/g, '') === NO_EVIDENCE) return { outcome: 'no-evidence', usage }
  const checked = checkAnswer(text, given)
  if (checked.outcome === 'replaced') return { outcome: 'unsupported', usage }
  const last = checked.text.slice(kept.join('').length)
  if (last !== '') onSentence?.(last)
  return {
    outcome: 'written',
    text: checked.text,
    cites: checked.cites,
    dropped: checked.dropped.length,
    usage,
  }
}
