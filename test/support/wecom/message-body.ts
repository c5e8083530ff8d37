import { Refusal, textOf } from '../platform/desk.ts'

const bytes = (text: string): number => Buffer.byteLength(text)
const record = (value: unknown): Record<string, unknown> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refusal(40008, 'invalid message type')
  return value as Record<string, unknown>
}

/** Throws unless a field is a text of `least` to `most` bytes. */
function bounded(of: Record<string, unknown>, field: string, most: number, least = 1): void {
  const size = bytes(textOf(of, field, 44004))
  if (size > most || size < least) throw new Refusal(40058, `invalid ${field}: ${least} to ${most} bytes`)
}

/** The documentation counts Han; this takes only what fits by characters and by the bytes of as many Han. */
function han(of: Record<string, unknown>, field: string, most: number, least = 0): void {
  const text = textOf(of, field, 44004)
  const [characters, size] = [[...text].length, bytes(text)]
  if (characters > most || size > 3 * most || characters < least || size < 3 * least)
    throw new Refusal(40058, `invalid ${field}: ${least} to ${most} Han`)
}

function notice(body: Record<string, unknown>): void {
  bounded(body, 'appid', 64)
  han(body, 'title', 12, 4)
  if (body.description !== undefined) han(body, 'description', 12, 4)
  if (body.page !== undefined) bounded(body, 'page', 1024)
  const items = body.content_item ?? []
  if (!Array.isArray(items) || items.length > 10) throw new Refusal(40058, 'invalid content_item')
  for (const item of items.map(record)) {
    han(item, 'key', 10)
    han(item, 'value', 30)
  }
}

const kinds: Record<string, (body: Record<string, unknown>) => void> = {
  text: body => bounded(body, 'content', 2048),
  markdown: body => bounded(body, 'content', 2048),
  textcard: body => {
    bounded(body, 'title', 128)
    bounded(body, 'description', 512)
    bounded(body, 'url', 2048)
  },
  miniprogram_notice: notice,
}

/** The kind of a message and what it says; throws what is wrong with it. Source: path 90236. */
export function contentIn(json: Record<string, unknown>): { kind: string; content: Record<string, unknown> } {
  const kind = textOf(json, 'msgtype', 40008)
  const check = kinds[kind]
  if (!check) throw new Refusal(40008, 'invalid message type')
  const content = record(json[kind])
  check(content)
  return { kind, content }
}
