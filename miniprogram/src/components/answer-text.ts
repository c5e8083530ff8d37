import type { Answer, Cited, Clause } from '#shared/policy'

/** Words, or the number of a clause that they rest on. */
export type Piece = { text: string } | { cite: number }

/** A paragraph of an answer cut at its citations. A number that no clause bears stays as it was written. */
export function piecesOf(line: string, numbers: readonly number[]): Piece[] {
  const pieces: Piece[] = []
  let text = ''
  for (const part of line.split(/(\[\d+\])/)) {
    const number = /^\[(\d+)\]$/.exec(part)?.[1]
    if (number === undefined || !numbers.includes(Number(number))) text += part
    else {
      if (text !== '') pieces.push({ text })
      text = ''
      pieces.push({ cite: Number(number) })
    }
  }
  return text === '' ? pieces : [...pieces, { text }]
}

/** A stretch of a clause, marked where it matches the question. */
export interface Run {
  text: string
  marked: boolean
}

type Marked = Pick<Cited, 'text' | 'marked'>

/** The lines of a clause, each cut where a mark begins or ends. */
export function runsOf({ text, marked }: Marked): Run[][] {
  let at = 0
  return text.split('\n').map(line => {
    const start = at
    at += line.length + 1
    const cuts = marked.flatMap(({ from, to }) => [from - start, to - start])
    const inside = cuts.filter(cut => cut > 0 && cut < line.length)
    const edges = [...new Set([0, ...inside, line.length])].sort((a, b) => a - b)
    return edges.slice(1).map((edge, index) => {
      const from = edges[index] ?? 0
      return {
        text: line.slice(from, edge),
        marked: marked.some(span => span.from <= start + from && start + edge <= span.to),
      }
    })
  })
}

/** Characters of a clause that are shown before 展开: about six lines on a phone. */
const FOLDED = 120
/** Lines of a clause that are shown before 展开. */
const FOLDED_LINES = 6

/** Whether a clause is too long to be shown whole below an answer. */
export const isLong = ({ text }: Pick<Clause, 'text'>): boolean =>
  text.length > FOLDED || text.split('\n').length > FOLDED_LINES

/** The part of a long clause that is shown first: from its beginning, or from the first mark where that stands deep. */
export function folded({ text, marked }: Marked): Marked {
  const [first] = marked
  if (!first || first.to <= FOLDED) return { text, marked }
  const lead = '……'
  const moved = marked.map(({ from, to }) => ({
    from: from - first.from + lead.length,
    to: to - first.from + lead.length,
  }))
  return { text: lead + text.slice(first.from), marked: moved }
}

/** How a clause stands: the word, what follows it, and the colour that goes with the word. */
export interface StandingWords {
  word: string
  more: string
  tone: 'tea' | 'amber' | 'rust'
}

/** The words of the standing cut at the first comma: 状态未核实 | 收录截至 2026-11-01. */
export function standingWords({ standing, status }: Pick<Clause, 'standing' | 'status'>): StandingWords {
  const [word = '', ...more] = status.split('，')
  const confirmed = standing === 'in-force' && word.startsWith('现行')
  const tone = confirmed ? 'tea' : standing === 'repealed' ? 'rust' : 'amber'
  return { word, more: more.join('，'), tone }
}

/** 《村民委员会组织法》第二十四条 */
export const clauseName = ({ title, label }: Pick<Clause, 'title' | 'label'>): string =>
  `《${title}》${label}`

const versionWords = ({ day }: Pick<Clause, 'day'>): string => (day === null ? '' : `${day} 文本`)

/** What is said of a clause beside its standing: 法律 · 2018-12-29 文本 · 收录截至 2026-11-01. */
export const clauseFacts = (clause: Pick<Clause, 'level' | 'day' | 'standing' | 'status'>): string =>
  [clause.level, versionWords(clause), standingWords(clause).more].filter(part => part !== '').join(' · ')

/** A clause as the source of a copy: name, version, and how it stands. */
const sourceOf = (clause: Pick<Clause, 'title' | 'label' | 'day' | 'status'>): string =>
  `${clauseName(clause)}（${[versionWords(clause), clause.status].filter(part => part !== '').join('，')}）`

/** What is copied of a clause: its words and where they stand. */
export const clauseCopy = (clause: Pick<Clause, 'title' | 'label' | 'text' | 'day' | 'status'>): string =>
  `${clause.text}\n——${sourceOf(clause)}`

/** What is copied of an answer: its text, the clauses it rests on, whose words they are, and what the law wants added. */
export function answerCopy({ lines, clauses, label, notice, by, copyLine }: Answer): string {
  const sources = clauses.map(clause => {
    const source = `[${clause.number}] ${sourceOf(clause)}`
    return by === 'excerpt' ? `${source}\n${clause.text}` : source
  })
  const parts = [
    lines.join('\n'),
    notice,
    ...(sources.length > 0 ? [`依据：\n${sources.join('\n')}`] : []),
    label === '' ? '' : `标签：${label}`,
    copyLine,
  ]
  return parts.filter(part => part !== '').join('\n\n')
}
