import type { ChatAction, ChatEvent, ChatState, Message, MessageBody } from '#shared/chat'
import type { Client } from './client.ts'

type Body<T extends MessageBody['type']> = Extract<MessageBody, { type: T }>

/** What one turn of the chat brought. */
export interface Turn {
  messages: Message[]
  state: ChatState
}

/** Sends something to the chat and gathers the reply. */
export async function say(client: Client, said: string | ChatAction, id?: string): Promise<Turn> {
  const what = typeof said === 'string' ? { text: said } : { action: said }
  return turnOf(await client.events('POST /chat/messages', { body: { ...what, ...(id && { id }) } }))
}

function turnOf(events: ChatEvent[]): Turn {
  const last = events.at(-1)
  if (last?.type !== 'state') throw new Error(`a turn ends with a state: ${JSON.stringify(last)}`)
  return {
    messages: events.flatMap(event => (event.type === 'message' ? [event.message] : [])),
    state: last.state,
  }
}

/** The bodies of one type, in order. */
export const bodies = <T extends MessageBody['type']>(messages: Message[], type: T): Body<T>[] =>
  messages.flatMap(({ body }) => (body.type === type ? [body as Body<T>] : []))

/** The messages' types; a question with its number and round. */
export const told = (messages: Message[]): string[] =>
  messages.map(({ from, body }) => {
    if (from === 'cadre') return 'own'
    if (body.type === 'question') return `question ${body.number} round ${body.round}`
    return body.type === 'mark' ? `mark ${body.correct ? 'right' : 'wrong'}` : body.type
  })

/** The whole conversation, read page by page from its end. */
export async function conversation(client: Client): Promise<Message[]> {
  let page = await client.call('GET /chat/messages', { query: { limit: 7 } })
  let all = page.messages
  while (page.more) {
    page = await client.call('GET /chat/messages', { query: { limit: 7, before: all[0]?.seq ?? 0 } })
    all = [...page.messages, ...all]
  }
  return all
}
