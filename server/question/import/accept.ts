import { isClassified } from '#server/base/classified'
import type { QuestionDraft } from '../draft.ts'
import { judgeOptions, type ReasonCode } from '../wording.ts'
import { readBlank } from './blank.ts'
import { readDifficulty } from './difficulty.ts'
import type { Evidence } from './evidence.ts'
import { comparable, foldWidth, tidy } from './fold.ts'
import { readKey } from './key.ts'
import { withMarksRead } from './option-mark.ts'
import { isMislabelled, labelAt, withoutLabels } from './option.ts'
import type { RawOption, RawQuestion } from './raw.ts'
import { answerInStem, cleanStem, countGaps, splitStem } from './stem.ts'
import { leadingVerdict, readVerdict } from './type.ts'

const MAX_STEM = 2000
const PICTURE = /<img\s|!\[[^\]]*\]\([^)]+\)/i
const MAX_OPTION = 1000
const MAX_OPTIONS = 12
/** What the answer call takes: shared/quiz.ts. */
const MAX_GAPS = 20
const MAX_GAP = 200

/** A question the bank can take, or the reason why it cannot. */
export type Verdict = { draft: QuestionDraft } | { reason: ReasonCode }

interface Choice {
  question: RawQuestion
  mislabelled: boolean
  stem: string
  options: RawOption[]
}

/** Decides one question. `topic` stands in where the file names none. Nothing is guessed: what does not fit is refused. */
export function accept(question: RawQuestion, evidence: Evidence, topic: string): Verdict {
  if (isMarkedSecret(question)) return { reason: 'row.classified' }
  if (question.answeredTwice) return { reason: 'answer.twice' }
  const parts = takeApart(question)
  const problem = problemOf(parts)
  if (problem !== null) return { reason: problem }
  const answered = withAnswerFromStem(parts)
  if ('reason' in answered) return answered
  const verdict = byType(answered, evidence)
  if ('reason' in verdict) return verdict
  const { type, options, key, ordered } = verdict
  return {
    draft: {
      type,
      stem: verdict.stem,
      options: options.map(option => ({ ...option, why: '' })),
      key,
      ordered,
      explanation: tidy(question.explanation),
      topic: tidy(question.topic).slice(0, 60) || topic,
      difficulty: readDifficulty(question.difficulty),
      sources: question.laws
        .map(tidy)
        .filter(law => law !== '')
        .map(law => ({ law: law.slice(0, 300) })),
    },
  }
}

/** A level alone in a cell beside the question marks the row; among options it is an answer like any other. */
function isMarkedSecret({ stem, explanation, margin }: RawQuestion): boolean {
  const alone = margin.split('\n').some(line => /^\s*(?:绝密|机密|秘密)\s*$/.test(line))
  return (
    alone ||
    [stem, explanation, margin].some(isClassified) ||
    /^\s*[（(\[]?(?:绝密|机密|秘密)[）)\]]?\s*$/.test(stem)
  )
}

function takeApart(question: RawQuestion): Choice {
  const split = question.options.some(option => option.text.trim() !== '')
    ? { stem: question.stem, options: question.options }
    : splitStem(question.stem)
  const options = withMarksRead(
    withoutLabels(split.options.map(option => ({ ...option, text: tidy(option.text) }))),
  )
  while (options.at(-1)?.text === '') options.pop()
  return {
    question,
    stem: cleanStem(split.stem, options),
    options,
    mislabelled: isMislabelled(split.options),
  }
}

function problemOf({ stem, options, mislabelled }: Choice): ReasonCode | null {
  if ([stem, ...options.map(({ text }) => text)].some(text => PICTURE.test(text))) return 'stem.picture'
  if (stem.replace(/[\s\p{P}\p{S}]/gu, '') === '') return 'stem.missing'
  if (stem.length > MAX_STEM || options.some(option => option.text.length > MAX_OPTION))
    return 'stem.too-long'
  if (options.length > MAX_OPTIONS) return 'options.too-many'
  if (options.some((option, index) => option.text === '' || option.label !== labelAt(index)))
    return 'options.gap'
  if (mislabelled) return 'options.mislabelled'
  if (options.length === 1) return 'options.too-few'
  if (new Set(options.map(option => comparable(option.text))).size < options.length) return 'options.repeated'
  return null
}

/** An answer in the stem's own brackets counts where no other is given, and never stays to be seen. */
function withAnswerFromStem(parts: Choice): Choice | { reason: ReasonCode } {
  const found = answerInStem(parts.stem)
  const { question, options } = parts
  if (found === null || question.type === 'blank') return parts
  const letters = found.answer.replace(/[^A-L]/g, '')
  const fits = found.judged
    ? options.length === 0 || options.every(option => readVerdict(option.text) !== null)
    : letters !== '' &&
      ([...letters].every(letter => options.some(option => option.label === letter)) ||
        (question.type === 'judge' && options.length === 0))
  if (!fits) return parts
  const marked = options.some(option => option.right === true)
  if (question.answers.length === 0 && !marked) {
    return { ...parts, stem: found.stem, question: { ...question, answers: [found.answer] } }
  }
  const same = question.answers.some(answer => sameAnswer(String(answer), found.answer))
  if (same) return { ...parts, stem: found.stem }
  return countGaps(parts.stem) === 0 && !marked && !/[TF]/.test(found.answer)
    ? { reason: 'answer.contradicts-stem' }
    : parts
}

function sameAnswer(answer: string, found: string): boolean {
  const letters = (text: string) =>
    foldWidth(text)
      .toUpperCase()
      .replace(/[^A-Z]/g, '')
      .split('')
      .sort()
      .join('')
  const verdict = readVerdict(answer)
  return verdict !== null && verdict === readVerdict(found)
    ? true
    : letters(answer) === letters(found) && letters(found) !== ''
}

type Typed = Pick<QuestionDraft, 'type' | 'stem' | 'key' | 'ordered'> & {
  options: { label: string; text: string }[]
}

function byType(parts: Choice, evidence: Evidence): Typed | { reason: ReasonCode } {
  const { question, options, stem } = parts
  const { type } = question
  if (type === 'open') return { reason: 'type.not-markable' }
  const verdicts = options.map(option => readVerdict(option.text))
  const pair = options.length === 2 && verdicts.includes(true) && verdicts.includes(false)
  if (type === 'judge' || (type === null && pair)) {
    return options.length > 0 && !pair ? { reason: 'type.contradicts-options' } : byVerdict(parts, evidence)
  }
  if (options.length > 0) {
    return type === 'blank' ? { reason: 'type.contradicts-options' } : byOptions(parts, evidence)
  }
  if (question.answers.length === 0)
    return { reason: type === null || type === 'blank' ? 'answer.missing' : 'options.missing' }
  if (type !== null && type !== 'blank') return { reason: 'options.missing' }
  const [answer] = question.answers
  const sure = question.answers.length === 1 && !question.listed
  if (type === null && sure && typeof answer !== 'number' && isJudgeLike(stem, answer))
    return byVerdict(parts, evidence)
  if (type === null && typeof answer === 'string' && namesOptions(stem, answer)) {
    return { reason: 'options.missing' }
  }
  const blank = readBlank(stem, question.answers, question.listed)
  if (blank.key.length > MAX_GAPS || blank.key.some(text => text.length > MAX_GAP))
    return { reason: 'answer.too-long' }
  return blank.key.length === 0
    ? { reason: 'answer.missing' }
    : { type: 'blank', stem, options: [], ...blank }
}

/** Letters, marks the stem does not show, or one of the stem's own lines: there were options, but nobody sees which. */
function namesOptions(stem: string, answer: string): boolean {
  const folded = foldWidth(answer).trim()
  if (/^(?:[A-L][\s,、;.]*)+$/.test(folded)) return true
  if (/^(?:[①-⑫][\s,、;.]*)+$/.test(folded)) return [...folded].some(mark => !stem.includes(mark))
  const [, ...lines] = stem.split('\n')
  return lines.some(line => comparable(line) === comparable(answer))
}

/** Without a stated type a verdict makes a judge question, unless it would fill a gap inside the sentence. */
function isJudgeLike(stem: string, answer: string | boolean | undefined): boolean {
  if (typeof answer === 'boolean') return true
  if (answer === undefined || leadingVerdict(answer) === null) return false
  return countGaps(stem.replace(/[（(]\s*[）)][\s。.？?]*$/, '')) === 0
}

function byVerdict({ question, options, stem }: Choice, evidence: Evidence): Typed | { reason: ReasonCode } {
  const right = verdictOf(question, options, evidence)
  if (typeof right !== 'boolean') return right
  const words = [
    { label: 'A', text: judgeOptions.right },
    { label: 'B', text: judgeOptions.wrong },
  ]
  const bare = stem.replace(/\s*[（(]\s*[）)]\s*([。.]?)\s*$/, '$1')
  return {
    type: 'judge',
    stem: bare === '' ? stem : bare,
    options: words,
    key: [right ? 'A' : 'B'],
    ordered: false,
  }
}

function verdictOf(
  question: RawQuestion,
  options: RawOption[],
  evidence: Evidence,
): boolean | { reason: ReasonCode } {
  if (options.length > 0) {
    const reading = readKey(question, options, evidence.base)
    if ('reason' in reading) return reading
    if (reading.key.length !== 1) return { reason: 'type.contradicts-key' }
    return readVerdict(options.find(option => option.label === reading.key[0])?.text ?? '') === true
  }
  const [answer, ...more] = question.answers
  if (answer === undefined || answer === '') return { reason: 'answer.missing' }
  if (more.length > 0 || typeof answer === 'number') return { reason: 'answer.not-a-verdict' }
  if (typeof answer === 'boolean') return answer
  const letter = /^\s*([AB])\s*$/i.exec(foldWidth(answer))?.[1]?.toUpperCase()
  if (letter !== undefined) {
    return evidence.rightLabel === null
      ? { reason: 'answer.letter-unexplained' }
      : letter === evidence.rightLabel
  }
  return leadingVerdict(answer) ?? { reason: 'answer.not-a-verdict' }
}

function byOptions({ question, options, stem }: Choice, evidence: Evidence): Typed | { reason: ReasonCode } {
  const reading = readKey(question, options, evidence.base)
  if ('reason' in reading) return reading
  const { key } = reading
  if (key.length === 0) return { reason: 'answer.missing' }
  const english = /^multiple[\s_-]*choices?$/i.test(question.typeText.trim()) && !evidence.knowsSingle
  const stated = english ? null : question.type
  if ((stated === 'single' && key.length > 1) || (stated === 'multiple' && key.length === 1)) {
    return { reason: 'type.contradicts-key' }
  }
  const plain = options.map(({ label, text }) => ({ label, text }))
  const type = key.length > 1 || stated === 'several' ? 'multiple' : 'single'
  return { type, stem, options: plain, key, ordered: false }
}
