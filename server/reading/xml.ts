/** One tag or run of text of an XML document. */
export interface Token {
  kind: 'open' | 'close' | 'empty' | 'text'
  name: string
  text: string
  /** The value of an attribute of this tag, '' when it has none. */
  attribute: (name: string) => string
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Tags and texts of an XML document in order; no entity but the five of XML and character numbers is expanded. */
export function* tokens(xml: string): Generator<Token> {
  let at = 0
  while (at < xml.length) {
    const start = xml.indexOf('<', at)
    if (start < 0) return
    if (start > at) yield textToken(xml.slice(at, start))
    if (xml.startsWith('<![CDATA[', start)) {
      const close = xml.indexOf(']]>', start)
      if (close < 0) return
      yield { kind: 'text', name: '', text: xml.slice(start + 9, close), attribute: () => '' }
      at = close + 3
      continue
    }
    const end = xml.indexOf('>', start)
    if (end < 0) return
    at = end + 1
    const inside = xml.slice(start + 1, end)
    if (!inside.startsWith('?') && !inside.startsWith('!')) yield tagToken(inside)
  }
}

function textToken(raw: string): Token {
  return { kind: 'text', name: '', text: decodeEntities(raw), attribute: () => '' }
}

function tagToken(inside: string): Token {
  const kind = inside.startsWith('/') ? 'close' : inside.endsWith('/') ? 'empty' : 'open'
  const name = /^\/?([^\s/>]+)/.exec(inside)?.[1] ?? ''
  const attribute = (wanted: string): string => {
    const found = new RegExp(`(?:^|\\s)${wanted}\\s*=\\s*("([^"]*)"|'([^']*)')`).exec(inside)
    return decodeEntities(found?.[2] ?? found?.[3] ?? '')
  }
  return { kind, name, text: '', attribute }
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w{2,5});/gi, (whole, body: string) => {
    if (!body.startsWith('#')) return ENTITIES[body] ?? whole
    const code = body[1] === 'x' || body[1] === 'X' ? parseInt(body.slice(2), 16) : Number(body.slice(1))
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
