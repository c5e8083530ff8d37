import { MongoError } from '../value/error.ts'
import { flags as flagsOf, pattern as patternOf } from '../value/order.ts'

/** The JavaScript regular expression of a `$regex` or a BSON regular expression, with its options. */
export function toRegExp(value: unknown, options?: unknown): RegExp {
  const source = typeof value === 'string' ? value : patternOf(value)
  const given = typeof options === 'string' ? options : typeof value === 'string' ? '' : flagsOf(value)
  const unknown = /[^imsxu]/.exec(given)
  if (unknown) throw new MongoError('BadValue', `invalid flag in regex options: ${unknown[0]}`)
  const flags = [...'ims'].filter(flag => given.includes(flag)).join('')
  const written = given.includes('x')
    ? source.replace(/\\.|\s+|#.*$/gm, part => (part[0] === '\\' ? part : ''))
    : source
  try {
    return withUnicode(written, flags)
  } catch {
    throw new MongoError('BadValue', `Regular expression is invalid: ${source}`)
  }
}

/** Unicode mode reads 。 and 😀 as one character; what only the older mode allows is read in that one. */
function withUnicode(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags + 'u')
  } catch {
    return new RegExp(source, flags)
  }
}

/** The text that every match must begin with, or nothing when there is no such text. */
export function fixedPrefix(regex: RegExp): string | undefined {
  if (/[im]/.test(regex.flags) || regex.source.includes('|')) return undefined
  const [, prefix, next = ''] = /^\^([^\\.*+?()[\]{}|^$]+)(.?)/s.exec(regex.source) ?? []
  if (!prefix || !/[*?{]/.test(next)) return prefix
  const shorter = [...prefix].slice(0, -1).join('')
  return shorter || undefined
}
