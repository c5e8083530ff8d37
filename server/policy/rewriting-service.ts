import type { Model, Usage } from '../clients/model.ts'
import { isFaithful } from './answer/follow-up.ts'
import { type Turn, rewritePrompt } from './answer/prompt.ts'

/** A follow-up waits this long for better words; then both questions are asked as one. */
const PATIENCE_MS = 4_000

/**
 * A follow-up as a question by itself, put by a model; nothing where it takes too long, fails, or says what nobody
 * asked.
 */
export async function rewritten(
  question: string,
  turns: readonly Turn[],
  model: Pick<Model, 'write'>,
): Promise<{ question: string; usage: Usage } | undefined> {
  try {
    const { text, usage } = await model.write({
      messages: rewritePrompt(question, turns),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const whole = text.trim().replace(/^["“]|["”]$/g, '')
    return isFaithful(whole, [...turns.map(turn => turn.question), question])
      ? { question: whole, usage }
      : undefined
  } catch {
    return undefined
  }
}
