import { type Gram, gramsOf, textOfGram } from './gram.ts'
import type { Learned, LearnedLaw, Link } from './learned.ts'
import { FEATURES, PLAIN_WEIGHTS, type RankingWeights } from './ranking.ts'

/**
 * What was learned, as lines that people can read and correct; fields are parted by tabs, weights are hundredths.
 *
 *     unseen    7.09
 *     ranking   text  0.09
 *     law       劳动合同法  5.61
 *     word      工资  3.2   劳动37 报酬35
 */
const HUNDREDTH = 100
const PAIR_LENGTH = 2

/** The lines of a learned table. Words of other scripts are known by a hash only and are left out. */
export function writeLearned({ links, laws, unseen, ranking }: Learned): string {
  const lines = [`unseen\t${rounded(unseen)}`]
  for (const feature of FEATURES) lines.push(`ranking\t${feature}\t${ranking[feature]}`)
  for (const { name, prior } of laws) lines.push(`law\t${name}\t${rounded(prior)}`)
  const words = [...links].flatMap(([gram, link]) => {
    const word = textOfGram(gram)
    return word === undefined ? [] : [{ word, link }]
  })
  words.sort((a, b) => (a.word < b.word ? -1 : 1))
  for (const { word, link } of words) {
    const targets = link.targets.flatMap(([gram, weight]) => {
      const text = textOfGram(gram)
      return text === undefined || hundredths(weight) === 0 ? [] : [`${text}${hundredths(weight)}`]
    })
    lines.push(`word\t${word}\t${rounded(link.rarity)}\t${targets.join(' ')}`)
  }
  return `${lines.join('\n')}\n`
}

/** Reads a learned table. Throws on a line that has another form, with its number. */
export function readLearned(text: string): Learned {
  const links = new Map<Gram, Link>()
  const laws: LearnedLaw[] = []
  const ranking: Record<string, number> = { ...PLAIN_WEIGHTS }
  let unseen = 0
  text.split('\n').forEach((line, i) => {
    const [kind, name = '', value = '', targets = ''] = line.split('\t')
    const number = Number(value)
    if (kind === '' || kind?.startsWith('#')) return
    if (kind === 'unseen') unseen = Number(name)
    else if (kind === 'ranking' && Object.hasOwn(ranking, name)) ranking[name] = number
    else if (kind === 'law') laws.push({ name, prior: number })
    else if (kind === 'word' && pairGram(name) !== undefined) {
      const word = pairGram(name) ?? 0
      links.set(word, { rarity: number, targets: targets.split(' ').flatMap(readTarget) })
    } else throw new Error(`line ${i + 1} of the learned table cannot be read`)
    if (!Number.isFinite(number)) throw new Error(`line ${i + 1} of the learned table has no number`)
  })
  return { links, laws, unseen, ranking: ranking as RankingWeights }
}

function readTarget(text: string): [Gram, number][] {
  const gram = pairGram(text.slice(0, PAIR_LENGTH))
  const weight = Number(text.slice(PAIR_LENGTH)) / HUNDREDTH
  return gram === undefined || !(weight > 0) ? [] : [[gram, weight]]
}

/** The gram of two characters. */
function pairGram(text: string): Gram | undefined {
  const grams = text.length === PAIR_LENGTH ? gramsOf(text) : []
  return grams.find(gram => textOfGram(gram) === text)
}

const rounded = (value: number): number => Math.round(value * HUNDREDTH) / HUNDREDTH
const hundredths = (value: number): number => Math.round(value * HUNDREDTH)
