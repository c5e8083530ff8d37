import type { Model, Usage } from '../clients/model.ts'
import { isFaithful } from './answer/follow-up.ts'
import { type Turn, rewritePrompt } from './answer/prompt.ts'
import { isModelFailure } from './answer/writing-service.ts'

/** A follow-up waits this long for better words; then both questions are asked as one. */
const PATIENCE_MS = 4_000

/**
 * A follow-up as a question by itself, put by a model, and what the call used; `whole` is missing where it takes too
 * long, fails, or says what nobody asked.
 */
export async function rewritten(
  question: string,
  turns: readonly Turn[],
  model: Pick<Model, 'write'>,
): Promise<{ whole: string | undefined; usage: Usage } | undefined> {
  try {
    const { text, usage } = await model.write({
      messages: rewritePrompt(question, turns),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const whole = text.trim().replace(/^["“]|["”]$/g, '')
    const faithful = isFaithful(whole, [...turns.map(turn => turn.question), question])
    return { whole: faithful ? whole : undefined, usage }
  } catch (error) {
    return isModelFailure(error) ? { whole: undefined, usage: error.usage } : undefined
  }
}
