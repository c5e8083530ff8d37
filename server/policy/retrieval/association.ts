import { type Gram, gramsOf, isWide } from './gram.ts'
import type { Learned, LearnedLaw, Link } from './learned.ts'

/** A question with its articles, ready to learn from. */
export interface Lesson {
  /** Distinct wide grams of the question. */
  question: Gram[]
  articles: { law: string; grams: Gram[] }[]
}

/** Of a word that stood in one question only nothing is learned: the table must not tell a question. */
const LEAST_QUESTIONS = 2
/** Targets kept of each word. */
const MOST_TARGETS = 30
/** How many questions a word is thought to have stood in beside those seen: what is seen once is worth half. */
const DOUBT = 1

/** The distinct wide grams of a text. */
export const wideGrams = (text: string): Gram[] => [...new Set(gramsOf(text).filter(isWide))]

/** What words of questions lead to which words of articles, and how often each law is asked about. */
export function learnAssociations(
  given: readonly Lesson[],
  sizeOfLaw: (law: string) => number,
  rarity: (gram: Gram) => number,
): Omit<Learned, 'ranking'> {
  const counted = countQuestions(given)
  const lessons = given.map(({ question, articles }) => ({
    question: question.filter(gram => (counted.get(gram) ?? 0) >= LEAST_QUESTIONS),
    articles,
  }))
  const asked = countQuestions(lessons)
  const laws = countLaws(lessons, sizeOfLaw)
  return {
    links: linksOf(lessons, asked, rarity),
    laws,
    unseen: Math.log(1 + lessons.length),
  }
}

/** In how many questions each word stands. */
function countQuestions(lessons: readonly Lesson[]): Map<Gram, number> {
  const asked = new Map<Gram, number>()
  for (const { question } of lessons) for (const gram of question) asked.set(gram, (asked.get(gram) ?? 0) + 1)
  return asked
}

/** How much more often a word's questions have an article with the other word than questions have on the whole. */
function linksOf(
  lessons: readonly Lesson[],
  asked: Map<Gram, number>,
  rarity: (gram: Gram) => number,
): Map<Gram, Link> {
  const { together, whole } = countTogether(lessons)
  const links = new Map<Gram, Link>()
  for (const [word, counts] of together) {
    const often = asked.get(word) ?? 1
    const found: { target: Gram; weight: number; gain: number }[] = []
    for (const [target, count] of counts) {
      const share = count / (often + DOUBT)
      const usual = (whole.get(target) ?? 0) / lessons.length
      if (share <= usual) continue
      const weight = share - usual
      found.push({ target, weight, gain: weight * rarity(target) * Math.log(share / usual) })
    }
    found.sort((a, b) => b.gain - a.gain || a.target - b.target)
    const targets = found.slice(0, MOST_TARGETS).map(({ target, weight }) => [target, weight] as const)
    links.set(word, { rarity: Math.log(1 + lessons.length / often), targets })
  }
  return links
}

function countTogether(lessons: readonly Lesson[]) {
  const together = new Map<Gram, Map<Gram, number>>()
  const whole = new Map<Gram, number>()
  for (const { question, articles } of lessons) {
    const share = 1 / articles.length
    for (const { grams } of articles) {
      for (const target of grams) whole.set(target, (whole.get(target) ?? 0) + share)
      for (const word of question) {
        const counts = together.get(word) ?? new Map<Gram, number>()
        together.set(word, counts)
        for (const target of grams) counts.set(target, (counts.get(target) ?? 0) + share)
      }
    }
  }
  return { together, whole }
}

function countLaws(lessons: readonly Lesson[], sizeOfLaw: (law: string) => number): LearnedLaw[] {
  const counts = new Map<string, number>()
  for (const { articles } of lessons)
    for (const { law } of articles) counts.set(law, (counts.get(law) ?? 0) + 1)
  return [...counts].map(([name, asked]) => ({ name, prior: priorOf(asked, sizeOfLaw(name)) }))
}

/** How often an article of a law of that size is asked for, as a logarithm; most laws are never. */
export const priorOf = (asked: number, size: number): number => Math.log((asked + 0.05) / (size + 20)) + 6
