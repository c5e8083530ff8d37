import type { Branch, Tree } from './tree.ts'

/** What WeChat tells the server of one person. */
export interface PushedMessage {
  openid: string
  /** To whom it was sent: the mini-program's original id. */
  to: string
  /** The moment it happened, in milliseconds. */
  at: number
  /** `text`, `image`, `miniprogrampage` or `event`; there may be others. */
  type: string
  /** The name of an event, otherwise empty. */
  event: string
  /** What names a message, otherwise empty. */
  id: string
  /** All that is told once, by name; what is nested, by names joined with a dot. */
  fields: Record<string, string>
  /** What is told of several things: one for each template of a subscription event. */
  items: Record<string, string>[]
}

/** The message in a body that has been read. A list may stand by itself, of one or several, or inside another object. */
export function messageIn(tree: Branch): PushedMessage {
  const fields = Object.fromEntries(textsIn(tree))
  const text = (name: string): string => fields[name] ?? ''
  return {
    openid: text('FromUserName'),
    to: text('ToUserName'),
    at: Number(text('CreateTime')) * 1000 || 0,
    type: text('MsgType'),
    event: text('Event'),
    id: text('MsgId'),
    fields,
    items: itemsIn(tree),
  }
}

/** By what two deliveries of the same message are known as one. */
export function keyOf({ openid, at, event, id, type, fields, items }: PushedMessage): string {
  if (id !== '') return `message ${id}`
  const about = items.map(({ TemplateId = '', MsgID = '' }) => `${TemplateId} ${MsgID}`)
  return ['event', openid, at, event || type, fields.trace_id ?? '', ...about].join(' ')
}

const LIST = 'List'

function* textsIn(branch: Branch, before = ''): Generator<[string, string]> {
  for (const [name, value] of Object.entries(branch)) {
    if (typeof value === 'string') yield [before + name, value]
    else if (!Array.isArray(value) && name !== LIST) yield* textsIn(value, `${before}${name}.`)
  }
}

function itemsIn(tree: Branch): Record<string, string>[] {
  const nested = Object.values(tree).filter((value): value is Branch => isBranch(value))
  const list = [tree, ...nested].map(branch => branch[LIST]).find(value => value !== undefined)
  return [list ?? []]
    .flat()
    .filter(isBranch)
    .map(item => Object.fromEntries(textsIn(item)))
}

const isBranch = (value: Tree | Tree[]): value is Branch => typeof value === 'object' && !Array.isArray(value)
