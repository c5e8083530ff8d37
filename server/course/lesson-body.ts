import type { Lesson } from '#shared/course'
import { Block } from '#shared/course'
import { marked, type Token, type Tokens } from 'marked'
import type { LessonProblem } from './lesson-form.ts'
import { TOMORROW_HEADING } from './wording.ts'

type Span = { text: string; strong?: boolean }
type Section = Lesson['body'][number]

/** What the Markdown under the front matter says. */
export interface LessonBody {
  body: Section[]
  tomorrow: Block[]
  problems: LessonProblem[]
}

/** Markdown → sections; headings of level 2 open a section, 明天就能做的一件事 stands last and apart. */
export function readLessonBody(markdown: string, firstLine: number): LessonBody {
  const sections: (Section & { line: number; unread: boolean })[] = []
  const problems: LessonProblem[] = []
  let line = firstLine
  for (const token of marked.lexer(markdown)) {
    const at = line + leadingBreaks(token.raw)
    line += token.raw.split('\n').length - 1
    if (token.type === 'space') continue
    if (token.type === 'heading' && token['depth'] === 2) {
      sections.push({ heading: plain(token as Tokens.Heading), blocks: [], line: at, unread: false })
      continue
    }
    const blocks = readBlocks(token)
    const section = sections.at(-1)
    if (blocks === null && section !== undefined) section.unread = true
    if (blocks === null) problems.push(problem('body.unsupported', at, { what: offender(token) }))
    else if (section === undefined) problems.push(problem('body.text-before-heading', at))
    else section.blocks.push(...blocks)
  }
  return finish(sections, problems)
}

function finish(
  sections: (Section & { line: number; unread: boolean })[],
  problems: LessonProblem[],
): LessonBody {
  for (const section of sections)
    if (section.blocks.length === 0 && !section.unread)
      problems.push(problem('body.section-empty', section.line, { heading: section.heading }))
  const at = sections.findIndex(section => section.heading === TOMORROW_HEADING)
  const next = at === -1 ? undefined : sections[at + 1]
  if (next !== undefined) problems.push(problem('body.after-tomorrow', next.line, { heading: next.heading }))
  const body = (at === -1 ? sections : sections.slice(0, at)).map(({ heading, blocks }) => ({
    heading,
    blocks,
  }))
  if (body.length === 0) problems.push(problem('body.empty', null))
  return { body, tomorrow: sections[at]?.blocks ?? [], problems }
}

function readBlocks(token: Token): Block[] | null {
  switch (token.type) {
    case 'paragraph':
      return asBlocks([{ type: 'paragraph', spans: spansOf(token as Tokens.Paragraph) }])
    case 'blockquote':
      return readQuote(token as Tokens.Blockquote)
    case 'list':
      return readList(token as Tokens.List)
    default:
      return null
  }
}

const READABLE = new Set([
  'paragraph',
  'blockquote',
  'list',
  'list_item',
  'text',
  'escape',
  'strong',
  'em',
  'link',
  'br',
  'space',
])

/** What inside an unreadable block cannot be drawn: a picture, HTML, a table… */
function offender(token: Token): string {
  const inner: Token[] = [
    ...('tokens' in token ? (token.tokens ?? []) : []),
    ...('items' in token ? token['items'] : []),
  ]
  if (!READABLE.has(token.type)) return token.type
  return inner.map(offender).find(type => !READABLE.has(type)) ?? token.type
}

function readQuote(token: Tokens.Blockquote): Block[] | null {
  const parts = token.tokens.filter(part => part.type !== 'space')
  if (parts.some(part => part.type !== 'paragraph')) return null
  return asBlocks(parts.map(part => ({ type: 'quote', spans: spansOf(part as Tokens.Paragraph) })))
}

function readList(token: Tokens.List): Block[] | null {
  const items: (Span[] | null)[] = token.items.map(item => {
    const parts = item.tokens.filter(part => part.type !== 'space')
    if (parts.some(part => part.type !== 'text' && part.type !== 'paragraph')) return null
    return joined(parts.map(part => spansOf(part as Tokens.Paragraph)))
  })
  if (items.some(item => item === null)) return null
  return asBlocks([{ type: 'list', ordered: token.ordered, items: items.filter(item => item !== null) }])
}

/** A picture, a piece of HTML or code inside a paragraph makes the block unreadable rather than silently shorter. */
function asBlocks(blocks: unknown[]): Block[] | null {
  const parsed = blocks.map(block => Block.safeParse(block))
  return parsed.every(each => each.success) ? parsed.map(each => each.data) : null
}

function spansOf(token: { tokens?: Token[]; text: string }): Span[] | null {
  const spans: Span[] = []
  for (const part of token.tokens ?? []) {
    if (part.type === 'strong') spans.push({ text: plain(part as Tokens.Strong), strong: true })
    else if (part.type === 'text' || part.type === 'escape')
      spans.push({ text: unwrapped(part['text'] as string) })
    else if (part.type === 'em' || part.type === 'link') spans.push({ text: plain(part as Tokens.Em) })
    else if (part.type === 'br') spans.push({ text: '\n' })
    else return null
  }
  return spans
}

function joined(parts: (Span[] | null)[]): Span[] | null {
  return parts.some(part => part === null) ? null : parts.filter(part => part !== null).flat()
}

function plain(token: { tokens?: Token[]; text: string }): string {
  if (token.tokens === undefined) return unwrapped(token.text)
  return token.tokens
    .map(part => plain(part as { tokens?: Token[]; text: string }))
    .join('')
    .trim()
}

/** Chinese lines broken by an editor are joined without a blank. */
function unwrapped(text: string): string {
  return text.replace(/(\P{ASCII})\n\s*/gu, '$1').replace(/\n\s*/g, ' ')
}

function leadingBreaks(raw: string): number {
  return raw.match(/^\n*/)?.[0].length ?? 0
}

function problem(
  code: LessonProblem['code'],
  line: number | null,
  params: LessonProblem['params'] = {},
): LessonProblem {
  return { code, place: '', line, params }
}
