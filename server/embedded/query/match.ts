import { fieldOf, isDocument, isOperators, isRegex, type Doc } from '../value/document.ts'
import { MongoError, notSupported } from '../value/error.ts'
import { reach } from '../value/path.ts'
import { truthy } from '../value/truth.ts'
import { compileExpression, type Scope } from '../aggregate/expression.ts'
import { compileSchema } from './json-schema.ts'
import { fieldTests, type Test } from './operator.ts'

/** Says whether a document matches a filter. */
export type Matcher = (doc: Doc) => boolean

const always: Matcher = () => true

/** The matcher of a filter; an operator that the engine has not is refused by its name. */
export function compileFilter(filter: Doc | undefined, scope?: Scope): Matcher {
  const parts: Matcher[] = []
  const compile = (part: Doc) => compileFilter(part, { collation: scope?.collation })
  for (const name in filter) {
    const condition = filter[name]
    if (name.startsWith('$')) parts.push(logical(name, condition, scope))
    else
      for (const test of fieldTests(condition, compile, scope?.collation))
        parts.push(onPath(name.split('.'), test))
  }
  if (parts.length <= 1) return parts[0] ?? always
  return doc => {
    for (const part of parts) if (!part(doc)) return false
    return true
  }
}

function logical(name: string, condition: unknown, scope?: Scope): Matcher {
  if (name === '$comment') return always
  if (name === '$expr') {
    const value = compileExpression(condition, scope)
    return doc => truthy(value(doc))
  }
  if (name === '$jsonSchema') {
    const broken = compileSchema(condition)
    return doc => !broken(doc).length
  }
  if (name === '$text' || name === '$where') throw notSupported(name)
  if (name !== '$and' && name !== '$or' && name !== '$nor')
    throw new MongoError('BadValue', `unknown top level operator: ${name}`)
  if (!Array.isArray(condition) || !condition.length)
    throw new MongoError('BadValue', `${name} must be a nonempty array`)
  const parts = condition.map(part => {
    if (!isDocument(part)) throw new MongoError('BadValue', `${name} entries need to be full objects`)
    return compileFilter(part, scope)
  })
  if (name === '$and') return doc => parts.every(part => part(doc))
  if (name === '$or') return doc => parts.some(part => part(doc))
  return doc => !parts.some(part => part(doc))
}

function onPath(steps: string[], test: Test): Matcher {
  const { is, items, negated, notAll } = test
  if (notAll) {
    const parts = notAll.map(part => onPath(steps, part))
    return doc => !parts.every(part => part(doc))
  }
  const visit = items ? (value: unknown) => is(value) || (Array.isArray(value) && value.some(is)) : is
  const [only] = steps
  const found: Matcher =
    steps.length === 1 ? doc => visit(fieldOf(doc, only as string)) : doc => reach(doc, steps, visit)
  return negated ? doc => !found(doc) : found
}

/** The matcher of one value by a condition as it stands beside a field: a value, operators or a regular expression. */
export function compileValue(condition: unknown, scope?: Scope): (value: unknown) => boolean {
  if (isDocument(condition) && !isOperators(condition) && !isRegex(condition)) {
    const matcher = compileFilter(condition, scope)
    return value => isDocument(value) && matcher(value)
  }
  const matcher = compileFilter({ value: condition }, scope)
  return value => matcher({ value })
}
