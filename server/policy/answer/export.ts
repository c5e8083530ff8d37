import { dayOf } from '#shared/day'
import type { Answer } from '#shared/policy'
import { exportWords } from './wording.ts'

/** An answer and when it was asked for. */
export interface Exported {
  answer: Answer
  at: Date
}

/** What the front matter may hold: GB 45438-2025, annex E, wants printable characters without quotes and backslashes. */
const producer = 'rizhi'

/**
 * Questions and answers as Markdown, each with its label and its copy line. Where a model wrote any of them, the file
 * says so in its metadata, too (《人工智能生成合成内容标识办法》 art. 4, 5).
 */
export function exported(entries: readonly Exported[]): string {
  const parts = entries.map(partOf)
  const mark = entries.some(({ answer }) => answer.by === 'model') ? [frontMatter(entries)] : []
  return [...mark, `# ${exportWords.title}`, ...parts].join('\n\n') + '\n'
}

function frontMatter(entries: readonly Exported[]): string {
  const id = entries.find(({ answer }) => answer.by === 'model')?.answer.id ?? ''
  const aigc = {
    ...{ Label: '1', ContentProducer: producer, ProduceID: id, ReservedCode1: '' },
    ...{ ContentPropagator: producer, PropagateID: id, ReservedCode2: '' },
  }
  return ['---', `AIGC: ${JSON.stringify(aigc)}`, '---'].join('\n')
}

function partOf({ answer, at }: Exported): string {
  const { question, understood, asOf, label, lines, notice, clauses, copyLine } = answer
  const clausePart = clauses.map(
    ({ number, title, label: article, status, text }) =>
      `[${number}] 《${title}》${article}（${status}）\n${text}`,
  )
  return [
    `## ${(understood || question).replace(/\s+/g, ' ')}`,
    exportWords.asked(dayOf(at)),
    [label, asOf].filter(word => word !== '').join(' · '),
    ...lines,
    copyLine,
    notice,
    ...(clausePart.length > 0 ? [exportWords.sources, ...clausePart] : []),
  ]
    .filter(part => part !== '')
    .join('\n\n')
}
