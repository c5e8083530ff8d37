import { isDocument, isOperators, isRegex, type Doc } from '../value/document.ts'
import { hasText, type Collation } from '../value/collation.ts'
import { MongoError, notSupported } from '../value/error.ts'
import { keyOf } from '../value/key.ts'
import { toNumber } from '../value/number.ts'
import { truthy } from '../value/truth.ts'
import { compare, equal, flags, pattern, rank, rankOf } from '../value/order.ts'
import type { Matcher } from './match.ts'
import { bitTest } from './bit.ts'
import { hasType } from './bson-type.ts'
import { toRegExp } from './regex.ts'

/** One condition on the values that a path reaches. */
export interface Test {
  is(value: unknown): boolean
  /** Whether an item of an array may satisfy the condition in the array's place. */
  items: boolean
  /** Whether the condition holds when no value satisfies it. */
  negated: boolean
  /** Conditions that must not all hold, each for any value; they stand in the place of `is`. */
  notAll?: Test[]
}

type Compile = (filter: Doc) => Matcher

const each = (is: Test['is']): Test => ({ is, items: true, negated: false })
const whole = (is: Test['is']): Test => ({ is, items: false, negated: false })
const not = (test: Test): Test => ({ ...test, negated: !test.negated })

/** The conditions that stand beside a field; a value alone means equality. */
export function fieldTests(condition: unknown, compile: Compile, collation?: Collation): Test[] {
  if (!isOperators(condition))
    return [isRegex(condition) ? each(matching(condition)) : each(equalTo(condition, collation))]
  const tests: Test[] = []
  for (const name in condition) {
    if (name === '$options' || name === '$comment') continue
    tests.push(...operatorTests(name, condition[name], condition, compile, collation))
  }
  return tests
}

function operatorTests(
  name: string,
  value: unknown,
  all: Doc,
  compile: Compile,
  collation?: Collation,
): Test[] {
  switch (name) {
    case '$eq':
      return [each(equalTo(value, collation))]
    case '$ne':
      return [not(each(equalTo(value, collation)))]
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return [each(ordered(name, value, collation))]
    case '$in':
      return [each(among(name, value, collation))]
    case '$nin':
      return [not(each(among(name, value, collation)))]
    case '$exists':
      return [truthy(value) ? whole(isThere) : not(whole(isThere))]
    case '$not':
      return [negation(value, compile, collation)]
    case '$all':
      return allOf(value, compile, collation)
    case '$elemMatch':
      return [whole(itemMatching(value, compile, collation))]
    case '$size':
      return [whole(list => Array.isArray(list) && list.length === toNumber(value))]
    default:
      return [each(evaluation(name, value, all))]
  }
}

function evaluation(name: string, value: unknown, all: Doc): Test['is'] {
  switch (name) {
    case '$regex':
      return matching(toRegExp(value, all.$options))
    case '$type':
      return hasType(value)
    case '$mod':
      return modulo(value)
    case '$bitsAllSet':
    case '$bitsAnySet':
    case '$bitsAllClear':
    case '$bitsAnyClear':
      return bitTest(name, value)
    case '$near':
    case '$nearSphere':
    case '$geoWithin':
    case '$geoIntersects':
      throw notSupported(name)
    default:
      throw new MongoError('BadValue', `unknown operator: ${name}`)
  }
}

const isThere = (value: unknown) => value !== undefined

function equalTo(wanted: unknown, collation?: Collation): Test['is'] {
  if (collation && hasText(wanted)) return value => equal(value, wanted, collation)
  if (typeof wanted === 'boolean') return value => value === wanted
  // A symbol is equal to its text.
  if (typeof wanted === 'string')
    return value => value === wanted || (typeof value === 'object' && equal(value, wanted))
  if (rankOf(wanted) === rank.null) return value => rankOf(value) === rank.null
  if (typeof wanted === 'number' && !Number.isNaN(wanted))
    return value => value === wanted || (typeof value !== 'number' && equal(value, wanted))
  return value => equal(value, wanted)
}

/** Ranges hold between values of one type only; null is in no range but is equal to itself. */
function ordered(name: string, bound: unknown, collation?: Collation): Test['is'] {
  const kind = rankOf(bound)
  if (isRegex(bound)) throw new MongoError('BadValue', `Can't have RegEx as arg to predicate over field`)
  const anyType = kind === rank.minKey || kind === rank.maxKey
  const holds = {
    $gt: (order: number) => order > 0,
    $gte: (order: number) => order >= 0,
    $lt: (order: number) => order < 0,
    $lte: (order: number) => order <= 0,
  }[name] as (order: number) => boolean
  const isNaN = (value: unknown) => kind === rank.number && Number.isNaN(toNumber(value))
  const boundIsNaN = isNaN(bound)
  return value => {
    if (!anyType && rankOf(value) !== kind) return false
    if (isNaN(value) !== boundIsNaN) return false
    return holds(compare(value, bound, collation))
  }
}

function among(name: string, list: unknown, collation?: Collation): Test['is'] {
  if (!Array.isArray(list)) throw new MongoError('BadValue', `${name} needs an array`)
  if (list.some(isOperators)) throw new MongoError('BadValue', `cannot nest $ under ${name}`)
  const regexes = list.filter(isRegex).map(matching)
  const texts = collation ? list.filter(hasText) : []
  const keys = new Set(list.map(item => keyOf(item)))
  return value =>
    keys.has(keyOf(value)) ||
    regexes.some(is => is(value)) ||
    texts.some(text => equal(value, text, collation))
}

function matching(regex: RegExp | { pattern: string; options: string }): Test['is'] {
  const test = toRegExp(regex)
  return value => {
    if (typeof value === 'string') return test.test(value)
    return isRegex(value) && pattern(value) === pattern(regex) && flags(value) === flags(regex)
  }
}

function modulo(value: unknown): Test['is'] {
  if (!Array.isArray(value) || value.length !== 2)
    throw new MongoError('BadValue', 'malformed mod, needs to be an array of two numbers')
  const [divisor, remainder] = value.map(part => Math.trunc(toNumber(part))) as [number, number]
  if (divisor === 0) throw new MongoError('BadValue', 'divisor cannot be 0')
  return number => rankOf(number) === rank.number && Math.trunc(toNumber(number)) % divisor === remainder
}

function negation(value: unknown, compile: Compile, collation?: Collation): Test {
  if (!isRegex(value) && !isOperators(value))
    throw new MongoError('BadValue', '$not needs a regex or a document')
  const tests = fieldTests(value, compile, collation)
  const [only] = tests
  if (tests.length === 1 && only && !only.notAll) return not(only)
  return { ...whole(() => false), notAll: tests }
}

function allOf(value: unknown, compile: Compile, collation?: Collation): Test[] {
  if (!Array.isArray(value)) throw new MongoError('BadValue', '$all needs an array')
  if (!value.length) return [whole(() => false)]
  return value.flatMap(item =>
    fieldTests(isDocument(item) && item.$elemMatch ? item : { $eq: item }, compile, collation),
  )
}

/** An item that is an array itself is one value to operators, and to a filter a document of its places. */
function itemMatching(value: unknown, compile: Compile, collation?: Collation): Test['is'] {
  if (!isDocument(value)) throw new MongoError('BadValue', '$elemMatch needs an Object')
  const first = Object.keys(value)[0] ?? ''
  if (isOperators(value) && !['$and', '$or', '$nor', '$expr'].includes(first)) {
    const tests = fieldTests(value, compile, collation)
    return list => Array.isArray(list) && list.some(item => tests.every(test => holdsFor(item, test)))
  }
  const matcher = compile(value)
  const matches = (item: unknown) =>
    Array.isArray(item) ? matcher({ ...item }) : isDocument(item) && matcher(item)
  return list => Array.isArray(list) && list.some(matches)
}

/** Whether a condition holds for one value and nothing inside of it. */
function holdsFor(value: unknown, test: Test): boolean {
  return test.notAll ? !test.notAll.every(part => holdsFor(value, part)) : test.is(value) !== test.negated
}
