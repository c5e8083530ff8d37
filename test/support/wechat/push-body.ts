/** A message as a push tells it; a list is one or several items. */
export interface PushMessage {
  [field: string]: string | number | PushMessage | PushMessage[]
}

/** How a body looks, as documented and as seen. */
export interface PushForm {
  format: 'json' | 'xml'
  /** `CreateTime` is a string in the documentation and a number in reality. */
  time: 'string' | 'number'
  /** `MsgId` likewise; it does not fit into a JavaScript number. */
  ids: 'string' | 'number'
}

export function bodyOf(message: PushMessage, { format, time, ids }: PushForm): string {
  if (format === 'xml') return `<xml>${fields(message)}</xml>`
  const created = time === 'number' ? Number(message.CreateTime) : String(message.CreateTime)
  const json = JSON.stringify(lone({ ...message, CreateTime: created }))
  return ids === 'number' ? json.replace(/"(MsgId|MsgID)":"(\d+)"/g, '"$1":$2') : json
}

/** In JSON a list of one is its only item. */
const lone = (message: PushMessage): PushMessage =>
  Object.fromEntries(
    Object.entries(message).map(([key, value]) => {
      if (Array.isArray(value)) return [key, value.length === 1 && value[0] ? value[0] : value]
      return [key, typeof value === 'object' ? lone(value) : value]
    }),
  )

const fields = (message: PushMessage): string =>
  Object.entries(message)
    .flatMap(([key, value]) => [value].flat().map(one => `<${key}>${inside(one)}</${key}>`))
    .join('\n')

function inside(value: string | number | PushMessage): string {
  if (typeof value === 'object') return fields(value)
  return typeof value === 'number' ? String(value) : `<![CDATA[${value}]]>`
}
