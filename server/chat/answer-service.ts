import type { Message } from '#shared/chat'
import { finishedAnswers } from '../policy/service.ts'
import { ChatMessage } from './model.ts'

/**
 * The messages with answers that were being written when they were said and are done by now; these are kept. It happens
 * once, so that what stands in a conversation never changes afterwards.
 */
export async function completed(cadreId: string, messages: Message[]): Promise<Message[]> {
  const ids = messages.flatMap(({ body }) => (body.type === 'answer' && body.writing ? [body.id] : []))
  if (ids.length === 0) return messages
  const answers = new Map((await finishedAnswers(cadreId, ids)).map(answer => [answer.id, answer]))
  return Promise.all(
    messages.map(async message => {
      const answer = message.body.type === 'answer' ? answers.get(message.body.id) : undefined
      if (!answer) return message
      const body = { type: 'answer' as const, ...answer }
      const own = { conversation: cadreId, seq: message.seq, 'body.writing': true }
      await ChatMessage.updateOne(own, { $set: { body } })
      return { ...message, body }
    }),
  )
}
