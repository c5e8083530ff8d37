import type { Collation } from '../value/collation.ts'
import { fieldOf, isDocument, putField, type Doc } from '../value/document.ts'
import { MongoError, notSupported } from '../value/error.ts'
import { isNothing, type Compiled, type Operator } from './applied.ts'
import { arrayOperators } from './expression-array.ts'
import { dateOperators } from './expression-date.ts'
import { logicOperators } from './expression-logic.ts'
import { numberOperators } from './expression-number.ts'
import { objectOperators } from './expression-object.ts'
import { textOperators } from './expression-text.ts'

/** The values of a pipeline's `$$` variables. */
export type Variables = Doc

/** What the expressions of a command have around them. */
export interface Scope {
  variables?: Variables | undefined
  collation?: Collation | undefined
}

const operators: Record<string, Operator> = {
  ...logicOperators,
  ...numberOperators,
  ...arrayOperators,
  ...objectOperators,
  ...textOperators,
  ...dateOperators,
}

/** An expression made ready for many documents; an operator that the engine has not is refused by its name. */
export function compileExpression(expr: unknown, scope: Scope = {}): (doc: Doc) => unknown {
  const value = compile(expr, scope.collation)
  const variables: Doc = { NOW: new Date(), ...scope.variables }
  return doc => value({ root: doc, variables })
}

function compile(expr: unknown, collation: Collation | undefined): Compiled {
  if (typeof expr === 'string' && expr.startsWith('$')) return reference(expr)
  if (Array.isArray(expr)) {
    const parts = expr.map(one => compile(one, collation))
    return env => parts.map(part => part(env) ?? null)
  }
  if (!isDocument(expr)) return () => expr
  const [name, ...more] = Object.keys(expr)
  if (!name?.startsWith('$')) return fieldsOf(expr, collation)
  if (more.length)
    throw new MongoError('BadValue', 'an object representing an expression must have exactly one field')
  if (name === '$literal') return () => expr[name] as unknown
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined
  if (!operator) throw notSupported(name)
  return operator(expr[name], one => compile(one, collation), collation)
}

function fieldsOf(fields: Doc, collation: Collation | undefined): Compiled {
  const parts = Object.entries(fields).map(([name, expr]) => [name, compile(expr, collation)] as const)
  return env => {
    const out: Doc = {}
    for (const [name, part] of parts) {
      const value = part(env)
      if (value !== undefined) putField(out, name, value)
    }
    return out
  }
}

/** A field of the document, or a variable and what is in it. */
function reference(expr: string): Compiled {
  const [first = '', ...steps] = expr.split('.')
  if (!expr.startsWith('$$')) {
    const name = first.slice(1)
    if (!steps.length) return ({ root }) => fieldOf(root, name)
    return ({ root }) => inside(fieldOf(root, name), steps, 0)
  }
  const name = first.slice(2)
  if (name === 'ROOT' || name === 'CURRENT') return ({ root }) => inside(root, steps, 0)
  if (name === 'REMOVE') return () => undefined
  return ({ variables }) => {
    if (!Object.hasOwn(variables, name))
      throw new MongoError('BadValue', `Use of undefined variable: ${name}`)
    return inside(variables[name], steps, 0)
  }
}

/** What lies below a value: of an array what lies below each of its documents. Places of arrays are no steps here. */
function inside(value: unknown, steps: string[], from: number): unknown {
  if (from === steps.length || isNothing(value)) return from === steps.length ? value : undefined
  if (Array.isArray(value))
    return value
      .filter(isDocument)
      .map(item => inside(item, steps, from))
      .filter(found => found !== undefined)
  return isDocument(value) ? inside(fieldOf(value, steps[from] as string), steps, from + 1) : undefined
}
