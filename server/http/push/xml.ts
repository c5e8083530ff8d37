import { PushFault } from './fault.ts'
import type { Branch, Tree } from './tree.ts'

/** A stretch of character data, a tag without attributes, or text up to the next tag. */
const PART = /<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([A-Za-z_][\w.-]*)(\/?)>|([^<]+)/y
const DEEPEST = 8
const MOST_PARTS = 5_000
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

interface Element {
  name: string
  text: string
  children: Branch | undefined
}

/**
 * Reads XML as WeChat writes it: elements, texts and character data. Anything else is refused with a `PushFault` of
 * 400: attributes, comments, instructions, document types, and with them every entity but the five of XML itself.
 */
export function readXml(xml: string): Branch {
  const root: Element = { name: '', text: '', children: undefined }
  const open: Element[] = [root]
  const parts = new RegExp(PART)
  let count = 0
  while (parts.lastIndex < xml.length) {
    const found = parts.exec(xml)
    if (!found || (count += 1) > MOST_PARTS) throw new PushFault(400, 'not plain XML')
    take(found, open)
  }
  const whole = root.children?.xml
  if (open.length !== 1 || typeof whole !== 'object' || Array.isArray(whole))
    throw new PushFault(400, 'not one xml element')
  return whole
}

function take([, data, closing, name, empty, text]: RegExpExecArray, open: Element[]): void {
  const current = open.at(-1)
  if (!current || open.length > DEEPEST) throw new PushFault(400, 'XML too deep')
  if (data !== undefined) current.text += data
  else if (text !== undefined) current.text += plain(text)
  else if (empty) add(current, name ?? '', '')
  else if (!closing) open.push({ name: name ?? '', text: '', children: undefined })
  else close(open, name ?? '')
}

function close(open: Element[], name: string): void {
  const ended = open.pop()
  const parent = open.at(-1)
  if (!ended || !parent || ended.name !== name) throw new PushFault(400, 'XML tags do not match')
  if (ended.children && ended.text.trim() !== '') throw new PushFault(400, 'XML of tags and text mixed')
  add(parent, name, ended.children ?? ended.text)
}

/** Several elements of one name are a list. */
function add(parent: Element, name: string, value: Tree): void {
  parent.children ??= Object.create(null) as Branch
  const before = parent.children[name]
  parent.children[name] = before === undefined ? value : [before, value].flat()
}

const plain = (text: string): string =>
  text.replace(/&([^;]*;?)/g, (_, entity: string) => {
    const letter = ENTITIES[entity.slice(0, -1)]
    if (letter === undefined || !entity.endsWith(';')) throw new PushFault(400, 'XML entity')
    return letter
  })
