import { isRegex, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import { toRegExp } from '../query/regex.ts'
import { applied, isNothing, operatorsOf, withNames, type Operator } from './applied.ts'
import { convertTo } from './convert.ts'

function textOf(name: string, value: unknown): string {
  if (typeof value === 'string') return value
  throw new MongoError('BadValue', `${name} requires a string, found: ${String(value)}`)
}

/** Numbers and dates are written out, what is missing is the empty text. */
const written = (value: unknown) => (isNothing(value) ? '' : String(convertTo('string', value)))
/** Letters beyond ASCII stay as they are, as in MongoDB. */
const upper = (text: string) => text.replace(/[a-z]+/g, part => part.toUpperCase())
const lower = (text: string) => text.replace(/[A-Z]+/g, part => part.toLowerCase())

/** A text as a row of bytes or of characters, which are cut and put together again. */
interface Units<T> {
  cut(text: string): ArrayLike<T> & { slice(from: number, to: number): ArrayLike<T> }
  join(part: ArrayLike<T>): string
}

const bytes: Units<number> = {
  cut: text => Buffer.from(text),
  join: part => new TextDecoder('utf-8', { fatal: true }).decode(part as Uint8Array),
}
const characters: Units<string> = { cut: text => [...text], join: part => Array.from(part).join('') }

const substring = <T>(name: string, { cut, join }: Units<T>) =>
  applied(name, 3, 3, ([value, from, count]) => {
    const units = cut(written(value))
    const [start, length] = [toNumber(from), toNumber(count)]
    if (start < 0) return ''
    try {
      return join(units.slice(start, length < 0 ? units.length : start + length))
    } catch {
      throw new MongoError('BadValue', `${name}: the range begins or ends in the middle of a UTF-8 character`)
    }
  })

const length = <T>(name: string, { cut }: Units<T>) =>
  applied(name, 1, 1, ([value]) => cut(textOf(name, value)).length)

const indexOf = <T>(name: string, { cut, join }: Units<T>) =>
  applied(name, 2, 4, ([value, part, from = 0, to]) => {
    if (isNothing(value)) return null
    const units = cut(textOf(name, value))
    const wanted = textOf(name, part)
    const [start, end] = [toNumber(from), Math.min(units.length, toNumber(to ?? units.length))]
    if (start < 0 || end < 0) throw new MongoError('BadValue', `${name} requires bounds of at least 0`)
    if (start > end) return -1
    const within = join(units.slice(start, end))
    const found = within.indexOf(wanted)
    return found < 0 ? -1 : start + cut(within.slice(0, found)).length
  })

const trim = (name: string, sides: { left: boolean; right: boolean }) =>
  withNames(name, ['input', 'chars'], ({ input, chars }: Doc) => {
    if (isNothing(input) || chars === null) return null
    const given = chars === undefined ? undefined : [...textOf(name, chars)]
    const gone = (unit: string) => (given ? given.includes(unit) : /[\0\s]/.test(unit))
    const units = [...textOf(name, input)]
    let [from, to] = [0, units.length]
    while (sides.left && from < to && gone(units[from] as string)) from++
    while (sides.right && to > from && gone(units[to - 1] as string)) to--
    return units.slice(from, to).join('')
  })

type Found = { match: string; idx: number; captures: (string | null)[] }

function findAll(name: string, { input, regex, options }: Doc): Found[] | undefined {
  if (isNothing(input) || isNothing(regex)) return undefined
  const text = textOf(name, input)
  if (!isRegex(regex)) textOf(name, regex)
  const { source, flags } = toRegExp(regex, options ?? undefined)
  return [...text.matchAll(new RegExp(source, flags + 'g'))].map(found => ({
    match: found[0],
    idx: [...text.slice(0, found.index)].length,
    captures: found.slice(1).map(part => part ?? null),
  }))
}

const regexNames = ['input', 'regex', 'options']

const replace = (name: string, how: (text: string, find: string, by: string) => string) =>
  withNames(name, ['input', 'find', 'replacement'], ({ input, find, replacement }: Doc) => {
    const parts = [input, find, replacement]
    if (parts.some(isNothing)) return null
    const [text, wanted, by] = parts.map(part => textOf(name, part)) as [string, string, string]
    return how(text, wanted, by)
  })

function split([value, separator]: unknown[]): unknown {
  if (isNothing(value) || isNothing(separator)) return null
  if (separator === '') throw new MongoError('BadValue', '$split requires a non-empty separator')
  return textOf('$split', value).split(textOf('$split', separator))
}

function caseless([a, b]: unknown[]): number {
  const [x, y] = [upper(written(a)), upper(written(b))]
  return x < y ? -1 : Number(x > y)
}

/** The operators on text. */
export const textOperators: Record<string, Operator> = {
  $concat: applied('$concat', 0, Infinity, values =>
    values.some(isNothing) ? null : values.map(value => textOf('$concat', value)).join(''),
  ),
  $toLower: applied('$toLower', 1, 1, ([value]) => lower(written(value))),
  $toUpper: applied('$toUpper', 1, 1, ([value]) => upper(written(value))),
  $strcasecmp: applied('$strcasecmp', 2, 2, caseless),
  ...operatorsOf({ $substr: bytes, $substrBytes: bytes }, substring),
  $substrCP: substring('$substrCP', characters),
  $strLenBytes: length('$strLenBytes', bytes),
  $strLenCP: length('$strLenCP', characters),
  $indexOfBytes: indexOf('$indexOfBytes', bytes),
  $indexOfCP: indexOf('$indexOfCP', characters),
  $split: applied('$split', 2, 2, split),
  $trim: trim('$trim', { left: true, right: true }),
  $ltrim: trim('$ltrim', { left: true, right: false }),
  $rtrim: trim('$rtrim', { left: false, right: true }),
  $regexFind: withNames('$regexFind', regexNames, given => findAll('$regexFind', given)?.[0] ?? null),
  $regexFindAll: withNames('$regexFindAll', regexNames, given => findAll('$regexFindAll', given) ?? []),
  $regexMatch: withNames('$regexMatch', regexNames, given => Boolean(findAll('$regexMatch', given)?.length)),
  $replaceOne: replace('$replaceOne', (text, find, by) => text.replace(find, () => by)),
  $replaceAll: replace('$replaceAll', (text, find, by) => text.replaceAll(find, () => by)),
}
