import BTree from 'sorted-btree'
import { isDocument, type Doc } from './document.ts'
import { MongoError, notSupported } from './error.ts'
import { toNumber } from './number.ts'

/**
 * How text is compared, by the rules of a language. JavaScript's Intl compares two texts but gives no sort keys, so
 * equality under a collation is made a key by choosing of each class of equal texts the first one seen (`Texts`). Such
 * keys serve equality and uniqueness, in groups, in `distinct` and in indexes, exactly for every locale and strength;
 * they do not sort, so that an index with a collation answers no ranges of text and gives no order. Without a
 * collation there is none of this: text is compared by its bytes.
 */
export interface Collation {
  /** All options, with MongoDB's defaults, as `listIndexes` shows them. */
  readonly spec: Doc
  compare(a: string, b: string): number
}

/** Turns a text into the one that stands for all that are equal to it. */
export type Fold = (text: string) => string

const defaults = {
  caseLevel: false,
  caseFirst: 'off',
  strength: 3,
  numericOrdering: false,
  alternate: 'non-ignorable',
  maxVariable: 'punct',
  normalization: false,
  backwards: false,
}
const known = new Map<string, Collation>()

/** The collation that a command's option names; `simple` is none. Equal options give the same collation. */
export function collationOf(given: unknown): Collation | undefined {
  if (given === undefined) return undefined
  if (!isDocument(given) || typeof given.locale !== 'string')
    throw new MongoError('BadValue', 'a collation needs a locale')
  if (given.locale === 'simple') return undefined
  const spec: Doc = { locale: given.locale, ...defaults, ...given, version: '57.1' }
  const key = JSON.stringify(spec)
  const collation = known.get(key) ?? { spec, compare: comparer(spec) }
  known.set(key, collation)
  return collation
}

function comparer(spec: Doc): Collation['compare'] {
  const unknown = Object.keys(spec).find(name => !['locale', 'version'].includes(name) && !(name in defaults))
  if (unknown) throw new MongoError('BadValue', `unknown collation option: ${unknown}`)
  const strength = toNumber(spec.strength)
  if (![1, 2, 3].includes(strength)) throw notSupported(`a collation of strength ${strength}`)
  if (spec.backwards) throw notSupported('a backwards collation')
  if (spec.maxVariable !== 'punct') throw notSupported('the collation option maxVariable')
  const sensitivities: Intl.CollatorOptions['sensitivity'][] = [
    strength === 1 ? 'base' : 'accent',
    ...(spec.caseLevel ? ['case' as const] : []),
    ...(strength === 3 ? ['variant' as const] : []),
  ]
  // The last level decides alone where it also sees what the ones before see.
  const needed = spec.caseLevel && strength > 1 ? sensitivities : sensitivities.slice(-1)
  const [first, ...others] = needed.map(sensitivity => collator(spec, sensitivity).compare)
  if (!others.length) return first as Collation['compare']
  return (a, b) => [first, ...others].reduce((order, compare) => order || (compare?.(a, b) ?? 0), 0)
}

function collator(spec: Doc, sensitivity: Intl.CollatorOptions['sensitivity']): Intl.Collator {
  const [language = '', kind] = spec.locale.split('@collation=')
  const locale = language.replaceAll('_', '-') + (kind ? `-u-co-${kind}` : '')
  try {
    if (!Intl.Collator.supportedLocalesOf(locale).length) throw new RangeError(locale)
    return new Intl.Collator(locale, {
      sensitivity,
      numeric: Boolean(spec.numericOrdering),
      caseFirst: spec.caseFirst === 'off' ? 'false' : spec.caseFirst,
      ignorePunctuation: spec.alternate === 'shifted',
    })
  } catch {
    throw new MongoError('BadValue', `Field 'locale' is invalid in: ${JSON.stringify(spec)}`)
  }
}

/** The texts seen under a collation, one for each class of equal ones; they stay as long as this does. */
export class Texts {
  private readonly seen: BTree<string, string>

  constructor({ compare }: Collation) {
    this.seen = new BTree<string, string>(undefined, compare)
  }

  /** What stands for a text; a new one stands for itself from now on. */
  readonly put: Fold = text => {
    const known = this.seen.get(text)
    if (known === undefined) this.seen.set(text, text)
    return known ?? text
  }

  /** What stands for a text, without noting a new one. */
  readonly find: Fold = text => this.seen.get(text) ?? text
}

/** The fold for one run over values; without a collation texts are left as they are. */
export const foldFor = (collation: Collation | undefined): Fold | undefined =>
  collation && new Texts(collation).put

/** Whether a collation has a say in comparing with the value: whether there is text in it. */
export function hasText(value: unknown): boolean {
  if (typeof value === 'string') return true
  if (Array.isArray(value)) return value.some(hasText)
  if (isDocument(value)) return Object.values(value).some(hasText)
  return (value as Doc | null | undefined)?._bsontype === 'BSONSymbol'
}
