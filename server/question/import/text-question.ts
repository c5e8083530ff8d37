import { comparable, foldWidth } from './fold.ts'
import type { Meaning } from './line.ts'
import { labelAt, MAX_TEXT } from './option.ts'
import { emptyQuestion, type RawOption, type RawQuestion } from './raw.ts'
import { addField } from './record.ts'
import { markedNumber, splitStem } from './stem.ts'
import type { Field, StatedType } from './vocabulary.ts'

type Mode = 'body' | 'answer' | 'explanation'

const GAP_NAME = /^\s*(?:第?\s*空\s*(\d{1,2})|第\s*(\d{1,2})\s*空|填空\s*(\d{1,2}))\s*[:：、.]?\s*/

/** A question of running text while its lines come in. */
export class TextQuestion {
  readonly section: number
  readonly #question: RawQuestion
  readonly #body: string[] = []
  readonly #boxes: RawOption[] = []
  readonly #answers: string[] = []
  readonly #fields = new Set<string>()
  #number = 0
  #length = 0
  #mode: Mode = 'body'
  #counted = 0
  #labelled = false

  constructor(place: string, type: StatedType | null, section: number) {
    this.section = section
    this.#question = { ...emptyQuestion(place), type }
  }

  get type(): StatedType | null {
    return this.#question.type
  }

  get hasStem(): boolean {
    return this.#body.some(line => line.trim() !== '')
  }

  get hasOptions(): boolean {
    if (this.#length > MAX_TEXT) return false
    return this.#boxes.length > 0 || splitStem(this.#body.join('\n')).options.length > 0
  }

  get isAnswered(): boolean {
    return this.#answers.length > 0 || this.#boxes.some(box => box.right === true)
  }

  get isExplaining(): boolean {
    return this.#mode === 'explanation'
  }

  /** Waits for the words of a label whose line ended with it. */
  get isOpenEnded(): boolean {
    return this.#mode === 'answer' && this.#answers.length === 0
  }

  /** Stem and answer carry labels, so only labels end it. */
  get isLabelled(): boolean {
    return this.#labelled
  }

  isNumbered(number: number): boolean {
    return this.#number === number
  }

  hasField(field: string): boolean {
    return this.#fields.has(field)
  }

  /** Whether the explanation itself counts 1, 2, 3 and `number` is next. */
  counts(number: number): boolean {
    return number === 1 || number === this.#counted + 1
  }

  begin(text: string, type: StatedType | null, number: number): void {
    this.#number = number
    if (type !== null) {
      this.#question.type = type
      this.#question.typeText = type
    }
    if (text.trim() !== '') this.#push(text)
  }

  #push(line: string): void {
    this.#body.push(line)
    this.#length += line.length
  }

  label(field: string, text: string): void {
    this.#fields.add(field)
    if (field === 'stem' || field === 'options') {
      this.#mode = 'body'
      if (field === 'stem') this.#labelled = true
      if (text !== '') this.#push(text)
    } else if (field === 'answer') {
      this.#question.answeredTwice ||= this.isAnswered
      this.#mode = 'answer'
      if (text !== '') this.#answer(text)
    } else if (field === 'explanation') {
      this.#mode = 'explanation'
      this.#explain(text)
    } else if (field === 'number') this.#number = Number(/\d+/.exec(text)?.[0] ?? 0)
    else addField(this.#question, { field: field as Field }, text)
  }

  /** A line without a label goes on with what the question is at. */
  take(meaning: Meaning, whole: string): void {
    // The answer may stand between the stem and its options.
    if (meaning.kind === 'option' && this.#mode === 'answer' && !this.hasOptions) this.#mode = 'body'
    if (meaning.kind === 'box' && this.#mode === 'body') {
      this.#boxes.push({ label: labelAt(this.#boxes.length), text: meaning.text, right: meaning.right })
    } else if (meaning.kind === 'verdict' && !this.isAnswered && !this.hasOptions && this.hasStem) {
      this.#answers.push(meaning.text)
      this.#mode = 'answer'
    } else if (this.#mode === 'body') this.#push(whole)
    else if (this.#mode === 'answer' && (this.#answers.length === 0 || GAP_NAME.test(whole)))
      this.#answer(whole)
    else {
      this.#mode = 'explanation'
      this.#explain(whole)
    }
  }

  /** Takes an answer out of a list at the end; an answer of its own stays. */
  give(answer: string, explanation: string): void {
    if (!this.isAnswered) this.#answers.push(answer)
    if (this.#question.explanation === '') this.#question.explanation = explanation
  }

  finish(): RawQuestion {
    const { stem, options } = splitStem(this.#body.join('\n'))
    this.#takeLetterLine(options)
    const gaps = this.#answers.map(answer => GAP_NAME.exec(foldWidth(answer)))
    const named = gaps.length > 0 && gaps.every(gap => gap !== null)
    return {
      ...this.#question,
      stem: named ? withNamedGaps(stem, gaps.length) : stem,
      options: options.length > 0 ? options : this.#boxes,
      answers: this.#answers.map((answer, index) => answer.slice(gaps[index]?.[0].length ?? 0).trim()),
      listed: named,
      number: String(this.#number),
    }
  }

  /** Letters alone on the line under the options are the answer where no other is given. */
  #takeLetterLine(options: RawOption[]): void {
    const last = options.at(-1)
    const letters = /\n\s*\(?\s*((?:[A-L][\s,、]*)+)\)?$/.exec(foldWidth(last?.text ?? ''))
    const known = (letters?.[1] ?? '').match(/[A-L]/g) ?? []
    const fits = known.length > 0 && known.every(letter => options.some(({ label }) => label === letter))
    const spread = options.slice(0, -1).some(({ text }) => text.includes('\n'))
    if (last === undefined || letters === null || this.isAnswered || !fits || spread) return
    this.#answers.push(known.join(''))
    last.text = last.text.slice(0, letters.index)
  }

  /** "C根据…第一百一十四条" is a letter and its explanation. */
  #answer(text: string): void {
    const match =
      /^([A-L](?:[\s,、和与及]*[A-L]){0,11})(?![\s,、和与及或]*[A-L])[\s,、]*(?=[\u4e00-\u9fff【(（。.；;])[。.；;，,\s]*/.exec(
        foldWidth(text),
      )
    const rest = match === null ? '' : text.slice(match[0].length).trim()
    if (match === null || rest === '' || !this.hasOptions) this.#answers.push(text)
    else if (this.#repeatsOption(match[1] ?? '', rest)) this.#answers.push(text)
    else {
      this.#answers.push((match[1] ?? '').trim())
      this.#explain(rest)
    }
  }

  /** "B、《史记》" names the option by letter and words, "B 甲" perhaps another: both are the answer. */
  #repeatsOption(letters: string, rest: string): boolean {
    const { options } = splitStem(this.#body.join('\n'))
    const words = comparable(rest.replace(/^[（(]|[）)]$/g, ''))
    return options.some(
      ({ label, text }) =>
        (label === letters.trim().slice(0, 1) && rest.startsWith(text)) || comparable(text) === words,
    )
  }

  #explain(text: string): void {
    const mark = markedNumber(text)
    if (mark !== null) this.#counted = mark.number
    if (text === '') return
    const { explanation } = this.#question
    this.#question.explanation = explanation === '' ? text : `${explanation}\n${text}`
  }
}

/**
 * Where a file writes gaps as numbers ("健全共建、1、2的…" with 空 1, 空 2), each number that stands exactly once and
 * in order becomes a gap. Otherwise the stem stays as it is.
 */
function withNamedGaps(stem: string, count: number): string {
  const marks = Array.from({ length: count }, (_, index) => [
    ...stem.matchAll(new RegExp(`(?<![\\d.])${index + 1}(?![\\d.%])`, 'g')),
  ])
  const places = marks.map(each => (each.length === 1 ? (each[0]?.index ?? -1) : -1))
  const inOrder = places.every((place, index) => place > (places[index - 1] ?? -1))
  if (!inOrder) return stem
  return places.reduceRight((text, place) => `${text.slice(0, place)}____${text.slice(place + 1)}`, stem)
}
