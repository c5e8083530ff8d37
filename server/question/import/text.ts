import type { Line } from '#server/reading/part'
import { findAnswerBlocks, type AnswerBlock } from './answer-block.ts'
import { readLines, type MeantLine, type NumberStyle } from './line.ts'
import { withLettersGiven } from './option-line.ts'
import { findOptionRun } from './option.ts'
import type { RawQuestion } from './raw.ts'
import { answerInStem } from './stem.ts'
import { TextQuestion } from './text-question.ts'
import type { StatedType } from './vocabulary.ts'

/** Questions of running text, and the type the last heading stated, which also covers a table that follows. */
export interface TextReading {
  questions: RawQuestion[]
  section: StatedType | null
}

/** Reads numbered, labelled or merely separated questions out of lines of text. */
export function readText(name: string, lines: Line[], section: StatedType | null): TextReading {
  const meant = withLettersGiven(readLines(lines))
  const blocks = findAnswerBlocks(meant)
  const reader = new Reader(name, section, meant, blocks)
  meant.forEach((line, index) => {
    const block = blocks.find(each => index >= each.from && index < each.to)
    if (block === undefined) reader.take(line, index)
    else if (index === block.to - 1) reader.settle(block)
  })
  return reader.finish()
}

/** No question is longer. */
const MAX_LINES = 200

class Reader {
  readonly #name: string
  readonly #lines: MeantLine[]
  readonly #blocked: boolean
  readonly #numbered: boolean
  readonly #style: NumberStyle
  readonly #leading = new Set<string>()
  readonly #done: TextQuestion[] = []
  #section: StatedType | null
  #sections = 0
  #current: TextQuestion | null = null
  #last = 0
  #blank = false
  #settled = 0

  constructor(name: string, section: StatedType | null, lines: MeantLine[], blocks: AnswerBlock[]) {
    this.#name = name
    this.#section = section
    this.#lines = lines
    this.#blocked = blocks.length > 0
    const starts = lines.flatMap((line, index) =>
      line.meaning.kind === 'number' && this.#hasEvidence(index) ? [line.meaning.style] : [],
    )
    const answers = lines.filter(line => line.meaning.kind === 'verdict' || isAnswer(line)).length
    const numbers = lines.filter(line => line.meaning.kind === 'number').length
    this.#numbered = starts.length > 0 ? starts.length >= answers / 2 : this.#blocked && numbers > 1
    this.#style = styleOf(starts)
  }

  take(line: MeantLine, index: number): void {
    const { meaning } = line
    if (meaning.kind === 'heading') this.#startSection(meaning.type)
    else if (meaning.kind === 'number' && this.#starts(meaning, index)) {
      this.#open(line)
      if (meaning.number > 0) this.#last = meaning.number
      this.#current?.begin(meaning.text, meaning.type, meaning.number)
    } else if (meaning.kind === 'label') this.#takeLabel(line, meaning)
    else if (meaning.kind !== 'blank') this.#takeText(line)
    this.#blank = meaning.kind === 'blank'
  }

  /** Gives the answers of a list to the questions since the list before. */
  settle(block: AnswerBlock): void {
    const waiting = this.#done.slice(this.#settled)
    this.#settled = this.#done.length
    this.#current = null
    for (const listed of block.answers) {
      const fitting = waiting.filter(question => question.isNumbered(listed.number))
      const typed = fitting.filter(question => listed.type !== null && question.type === listed.type)
      const placed = typed.length > 1 ? typed.filter(question => question.section === listed.section) : typed
      const [question, ...others] = placed.length > 0 ? placed : listed.type === null ? fitting : []
      // Two questions of that number and no telling them apart: neither gets the answer.
      if (question !== undefined && others.length === 0) question.give(listed.answer, listed.explanation)
    }
  }

  finish(): TextReading {
    const questions = this.#done.map(question => question.finish())
    const first = questions.findIndex(question => question.answers.length > 0 || question.options.length > 0)
    // Titles and forewords before the first question are none.
    const kept = this.#numbered ? questions : questions.slice(Math.max(0, first))
    return { questions: first < 0 && !this.#numbered ? [] : kept, section: this.#section }
  }

  #startSection(type: StatedType): void {
    this.#section = type
    this.#sections++
    this.#current = null
    this.#last = 0
  }

  #open(line: MeantLine): void {
    const place = this.#name === '' ? `line ${line.at}` : `${this.#name} line ${line.at}`
    this.#current = new TextQuestion(place, this.#section, this.#sections)
    this.#done.push(this.#current)
  }

  #takeLabel(line: MeantLine, meaning: { field: string; text: string }): void {
    const current = this.#current
    const { field } = meaning
    const attribute = ['type', 'topic', 'difficulty', 'law', 'number'].includes(field)
    const fresh =
      current === null ||
      (field === 'stem' && current.hasStem) ||
      (attribute &&
        current.isAnswered &&
        this.#leading.has(field) &&
        (field !== 'law' || current.hasField(field)))
    if (fresh && !(field === 'stem' || attribute)) return
    if (fresh) this.#open(line)
    if (attribute && this.#current?.hasStem === false) this.#leading.add(field)
    this.#current?.label(field, meaning.text)
  }

  #takeText(line: MeantLine): void {
    const current = this.#current
    const { meaning } = line
    if (this.#numbered || current?.isLabelled) {
      current?.take(meaning, line.whole.trim())
      return
    }
    const stem = meaning.kind === 'plain' || meaning.kind === 'number'
    const ends =
      current === null ||
      (current.isAnswered && (this.#blank || !current.isExplaining)) ||
      (this.#blank && !current.hasOptions && !current.isOpenEnded)
    if (stem && ends) {
      this.#open(line)
      this.#current?.begin(line.whole.trim(), null, 0)
    } else current?.take(meaning, line.whole.trim())
  }

  /** Whether a numbered line opens a question or only counts something inside one. */
  #starts(meaning: { number: number; style: string }, index: number): boolean {
    if (!this.#numbered) return false
    const next = meaning.number === this.#last + 1 || meaning.number === 0
    const current = this.#current
    const evident = this.#hasEvidence(index)
    if (current === null) return evident || this.#blocked || meaning.number <= 1
    // "3.15…" may be a number of the sentence: it opens a question only where it is next and the last is complete.
    if (meaning.style === 'doubtful') return evident && next && (current.hasOptions || current.isAnswered)
    if (meaning.style !== this.#style) return evident && (current.hasOptions || current.isAnswered)
    if (evident)
      return (
        next || current.hasOptions || current.isAnswered || (this.#blocked && meaning.number > this.#last)
      )
    if (current.isExplaining) return next && !current.counts(meaning.number)
    return next
  }

  /** Options, an answer or a verdict before the next number speak for a question. */
  #hasEvidence(index: number): boolean {
    const body: string[] = []
    for (let at = index; at < Math.min(this.#lines.length, index + MAX_LINES); at++) {
      const line = this.#lines[at]
      if (line === undefined) break
      const { kind } = line.meaning
      const numbered = line.meaning.kind === 'number' && line.meaning.style !== 'doubtful'
      if (at > index && (numbered || kind === 'heading')) break
      if (kind === 'verdict' || kind === 'box' || isAnswer(line)) return true
      if (kind === 'label' && line.meaning.kind === 'label' && line.meaning.field === 'explanation') break
      body.push(line.whole)
    }
    const text = body.join('\n')
    return findOptionRun(text) !== null || answerInStem(text) !== null
  }
}

const isAnswer = (line: MeantLine): boolean =>
  line.meaning.kind === 'label' && line.meaning.field === 'answer'

/** Questions in brackets only where few are numbered in another way: lists inside a question like brackets. */
function styleOf(starts: NumberStyle[]): NumberStyle {
  const count = (style: NumberStyle) => starts.filter(each => each === style).length
  const plain = count('mark') >= count('word') ? 'mark' : 'word'
  return count('bracket') > 3 * count(plain) ? 'bracket' : plain
}
