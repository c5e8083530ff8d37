import type { ReasonCode } from '../wording.ts'
import { comparable, foldWidth } from './fold.ts'
import { numbersOf, type IndexBase } from './index-base.ts'
import type { RawOption, RawQuestion } from './raw.ts'
import { readVerdict } from './type.ts'

/** Labels of the right options in order, or why they cannot be told. */
export type KeyReading = { key: string[] } | { reason: ReasonCode }

/** What a course site adds for one learner: "A你选对了", "B你错选为C". */
const REMARK = /\s*你(?:选对了?|错选为|没有?选择|漏选|未选).*$/s
const LETTERS = /^[A-L](?:[\s,、;/|&和与及]*[A-L])*$/i

/** The right options by everything the file says: marks on options, letters, words, letters with words, numbers. */
export function readKey(question: RawQuestion, options: RawOption[], base: IndexBase): KeyReading {
  const marked = options.filter(option => option.right === true).map(option => option.label)
  const given = question.answers
    .map(answer => (typeof answer === 'string' ? answer.replace(REMARK, '').trim() : answer))
    .filter(answer => answer !== '' && answer !== undefined)
  if (given.length === 0) return marked.length > 0 ? { key: marked } : { reason: 'answer.missing' }
  const reading = fromAnswers({ ...question, answers: given }, options, base)
  if ('reason' in reading || marked.length === 0) return reading
  return reading.key.join() === marked.join() ? reading : { reason: 'answer.contradicts-itself' }
}

function fromAnswers(question: RawQuestion, options: RawOption[], base: IndexBase): KeyReading {
  const numbers = numbersOf(question.answers)
  const typed = question.answers.some(answer => typeof answer === 'number')
  if (numbers !== null && (base !== 'none' || typed)) return fromNumbers(numbers, options, base)
  const labels: string[] = []
  for (const answer of question.answers) {
    const reading =
      typeof answer === 'boolean' ? fromVerdict(answer, options) : fromText(String(answer), options)
    if ('reason' in reading) return reading
    labels.push(...reading.key)
  }
  const key = options.map(option => option.label).filter(label => labels.includes(label))
  return { key }
}

function fromNumbers(numbers: number[], options: RawOption[], base: IndexBase): KeyReading {
  if (base === 'undecided' || base === 'none') return { reason: 'index.undecided' }
  if (base === 'contradictory') return { reason: 'index.contradictory' }
  const chosen = numbers.map(number => options[number - base])
  if (chosen.some(option => option === undefined)) return { reason: 'index.out-of-range' }
  return { key: options.filter(option => chosen.includes(option)).map(option => option.label) }
}

function fromText(answer: string, options: RawOption[]): KeyReading {
  const folded = foldWidth(answer)
    .trim()
    .replace(/^[([]\s*([^()[\]]*)\s*[)\]]\.?$/, '$1')
    .replace(/^(?:选项?|第)\s*(?=[A-L])|[\s.;,、]+$|\s*(?:选?项)$/gi, '')
  const named = /^(?:选项|option)\s*(\d{1,2}|[一二三四五六七八九])$/i.exec(folded)?.[1]
  if (named !== undefined) {
    const place = '一二三四五六七八九'.indexOf(named) + 1
    return fromNumbers([place > 0 ? place : Number(named)], options, 1)
  }
  const same = options.filter(option => comparable(option.text) === comparable(answer))
  if (LETTERS.test(folded)) return fromLetters(folded, same, options)
  if (same[0] !== undefined) return { key: [same[0].label] }
  const labelled = fromLabelled(answer, options)
  if (labelled !== null) return labelled
  const verdict = readVerdict(answer)
  if (verdict !== null) return fromVerdict(verdict, options)
  return fromPieces(answer, options)
}

function fromLetters(folded: string, same: RawOption[], options: RawOption[]): KeyReading {
  const letters = [...new Set(folded.toUpperCase().match(/[A-L]/g))]
  const known = letters.filter(letter => options.some(option => option.label === letter))
  const [word] = same
  if (known.length < letters.length)
    return word === undefined ? fromVerdictWord(folded, options) : { key: [word.label] }
  if (word !== undefined && known.join() !== word.label) return { reason: 'answer.ambiguous' }
  return { key: options.map(option => option.label).filter(label => known.includes(label)) }
}

/** F is no option of a judge question, but a verdict. */
function fromVerdictWord(folded: string, options: RawOption[]): KeyReading {
  const verdict = readVerdict(folded)
  return verdict === null ? { reason: 'answer.not-an-option' } : fromVerdict(verdict, options)
}

function fromVerdict(verdict: boolean, options: RawOption[]): KeyReading {
  const fitting = options.filter(option => readVerdict(option.text) === verdict)
  const [option] = fitting
  return option === undefined || fitting.length > 1
    ? { reason: 'answer.not-an-option' }
    : { key: [option.label] }
}

/** "B、《史记》", "A.甲 C.丙": letters with words, which must both say the same. Null when it is not written so. */
function fromLabelled(answer: string, options: RawOption[]): KeyReading | null {
  const folded = foldWidth(answer)
  const starts = [
    ...folded.matchAll(/(?<![A-Za-z0-9])\(?([A-L])(?:\s*[、.:)(]\s*|\s+(?=[\u4e00-\u9fff《“]))/g),
  ]
  if (starts[0]?.index !== 0) return null
  const labels: string[] = []
  for (const [index, start] of starts.entries()) {
    const words = answer
      .slice(start.index + start[0].length, starts[index + 1]?.index)
      .replace(start[0].endsWith('(') ? /[\s;；|,，、]*[)）][\s;；|,，、]*$/ : /[\s;；|,，、]+$/, '')
    const option = options.find(each => each.label === start[1])
    if (option === undefined) return { reason: 'answer.not-an-option' }
    if (words !== '' && comparable(words) !== comparable(option.text))
      return { reason: 'answer.contradicts-itself' }
    labels.push(option.label)
  }
  return { key: options.map(option => option.label).filter(label => labels.includes(label)) }
}

/** Several options by their words between separators; every piece must be an option. */
function fromPieces(answer: string, options: RawOption[]): KeyReading {
  for (const separator of [/[\n|;；]+/, /[、,，]+/, /\s+/]) {
    const pieces = answer.split(separator).filter(piece => piece.trim() !== '')
    const chosen = pieces.map(
      piece => options.filter(option => comparable(option.text) === comparable(piece))[0],
    )
    if (pieces.length > 1 && chosen.every(option => option !== undefined)) {
      return { key: options.filter(option => chosen.includes(option)).map(option => option.label) }
    }
  }
  return { reason: 'answer.not-an-option' }
}
