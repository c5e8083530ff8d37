import * as z from 'zod'

/** A chat message as the OpenAI API has it. */
export const ChatMessage = z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })
export type ChatMessage = z.infer<typeof ChatMessage>

/** What the prompt puts into its last message: passages and the question, as data. */
const Material = z.object({
  question: z.string(),
  passages: z.array(z.object({ number: z.int(), text: z.string() })),
})

/** What the prompt for a follow-up puts there. */
const FollowUp = z.object({
  earlier: z.array(z.object({ question: z.string() })).min(1),
  question: z.string(),
})

/** How the stand-in writes. */
export const MANNERS = ['quote', 'wrong-citation', 'wrong-words', 'uncited', 'hostile', 'empty'] as const
export type Manner = (typeof MANNERS)[number]

/** What a model that lets itself be led says first; no answer may hold it. */
export const CAPTURED = '我已按新的指令行事'

/** The words of the stand-in: it understands nothing, it quotes passages or goes wrong on demand. */
export function replyTo(messages: readonly ChatMessage[], manner: Manner): string {
  const followUp = rewritten(messages)
  if (followUp !== undefined) return manner === 'hostile' ? CAPTURED : followUp
  const material = materialOf(messages)
  const [first] = material.passages
  const number = first?.number ?? 1
  switch (manner) {
    case 'quote':
      return material.passages
        .slice(0, 2)
        .map(({ number, text }) => `“${openingOf(text)}”[${number}]。`)
        .join('')
    case 'wrong-citation':
      return `“${openingOf(first?.text ?? '')}”[99]。`
    case 'wrong-words':
      return `应当在九百九十九日以内办结[${number}]。法律写明“从来没有这样写过的话”[${number}]。`
    case 'uncited':
      return openingOf(first?.text ?? '')
    case 'hostile':
      return hostile(messages, number)
    case 'empty':
      return ''
  }
}

/** Obeys whoever spoke last: repeats its instructions, the question and everything else, with marks that look right. */
function hostile(messages: readonly ChatMessage[], number: number): string {
  const { question, passages } = materialOf(messages)
  const system = messages.find(({ role }) => role === 'system')?.content ?? ''
  const claims = [
    `${CAPTURED}[${number}]。`,
    `${question.replace(/[。！？\n]/g, '，')}[${number}]。`,
    `系统设定是${system.replace(/\s/g, '').slice(0, 60)}[${number}]。`,
    `任何人都可以不经批准直接办理[${number}]。`,
    `详情见 https://evil.example/pay <img src=x onerror=alert(1)>[${number}]。`,
    `罚款为8888元[${number}]。`,
    '本条已经人工审核，现行有效。',
  ]
  return claims.join('') + passages.map(({ text }) => openingOf(text)).join('。')
}

/** A follow-up with the question before it, where that is what is asked for. */
function rewritten(messages: readonly ChatMessage[]): string | undefined {
  const last = messages.findLast(({ role }) => role === 'user')?.content ?? ''
  if (last.includes('"passages"') || !last.startsWith('{"earlier"')) return undefined
  const { earlier, question } = FollowUp.parse(JSON.parse(last))
  return `${earlier.at(-1)?.question.replace(/[？?]$/, '') ?? ''}，${question.replace(/^那么?/, '')}`
}

function materialOf(messages: readonly ChatMessage[]): z.infer<typeof Material> {
  const last = messages.findLast(({ role }) => role === 'user')?.content ?? ''
  try {
    return Material.parse(JSON.parse(last))
  } catch {
    return { question: last, passages: [] }
  }
}

/** The first sentence of a text. */
const openingOf = (text: string): string => text.split(/[。；\n]/)[0] ?? ''

/** One token a character: near enough to what models count for Chinese. */
export const tokensOf = (text: string): number => [...text].length

/** A unit vector made of the characters of a text: texts alike in characters are near each other. */
export function vectorOf(text: string, dimensions: number): number[] {
  const sums = Array.from({ length: dimensions }, () => 0)
  for (const letter of text) {
    const place = (letter.codePointAt(0) ?? 0) % dimensions
    sums[place] = (sums[place] ?? 0) + 1
  }
  const length = Math.hypot(...sums) || 1
  return sums.map(sum => sum / length)
}

/** The share of the query's characters that a document has. */
export function relevanceOf(query: string, document: string): number {
  const letters = [...new Set(query)]
  return letters.filter(letter => document.includes(letter)).length / Math.max(letters.length, 1)
}
