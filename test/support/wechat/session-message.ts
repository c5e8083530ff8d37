import { Refusal, textOf } from '../platform/desk.ts'

/** A message of ours in somebody's customer-service session. */
export interface SessionMessage {
  at: number
  openid: string
  type: string
  content: Record<string, unknown>
  /** Bears the grey line that says a model wrote it. */
  ai: boolean
}

const TEXT_BYTES = 2_048

/** Which fields each type of message must have. */
const TYPES: Record<string, readonly string[]> = {
  text: ['content'],
  image: ['media_id'],
  link: ['title', 'description', 'url', 'thumb_url'],
  miniprogrampage: ['title', 'pagepath', 'thumb_media_id'],
}

/** What a call would show; throws what is wrong with it. */
export function messageIn(json: Record<string, unknown>): Pick<SessionMessage, 'type' | 'content' | 'ai'> {
  const type = textOf(json, 'msgtype', 40008)
  const wanted = TYPES[type]
  if (!wanted) throw new Refusal(40008, 'invalid message type')
  const content = json[type]
  if (typeof content !== 'object' || content === null) throw new Refusal(44004, `empty ${type}`)
  if (Buffer.byteLength(String((content as { content?: unknown }).content ?? '')) > TEXT_BYTES)
    throw new Refusal(45002, 'content size out of limit')
  for (const field of wanted) textOf(content as Record<string, unknown>, field, 44004)
  const context = json.aimsgcontext as { is_ai_msg?: unknown } | undefined
  if (context !== undefined && context.is_ai_msg !== 1 && context.is_ai_msg !== 0)
    throw new Refusal(47001, 'invalid aimsgcontext')
  return { type, content: content as Record<string, unknown>, ai: context?.is_ai_msg === 1 }
}
