import { Context, evalExpr, ProcessingMode } from 'mingo/core'
import * as accumulator from 'mingo/operators/accumulator'
import * as expression from 'mingo/operators/expression'
import * as pipeline from 'mingo/operators/pipeline'
import * as projection from 'mingo/operators/projection'
import * as query from 'mingo/operators/query'
import * as window from 'mingo/operators/window'
import type { CollationSpec, Options } from 'mingo/types'
import { fieldOf, isDocument, putField, type Doc } from '../value/document.ts'
import type { Collation } from '../value/collation.ts'
import { MongoError, notSupported } from '../value/error.ts'
import { corrections } from './correction.ts'

/** The values of a pipeline's `$$` variables. */
export type Variables = Doc

/** What the expressions of a command have around them. */
export interface Scope {
  variables?: Variables | undefined
  collation?: Collation | undefined
}

const { $function: _function, ...expressions } = expression
const { $accumulator: _accumulator, ...accumulators } = accumulator

const context = Context.init({
  accumulator: accumulators,
  expression: { ...expressions, ...corrections },
  pipeline,
  projection,
  query,
  window,
})

/** The settings that mingo runs with: errors are thrown, scripts are not run. */
export const mingoOptions = ({ variables = {}, collation }: Scope = {}): Options => ({
  idKey: '_id',
  context,
  processingMode: ProcessingMode.CLONE_INPUT,
  useStrictMode: true,
  scriptEnabled: false,
  failOnError: true,
  variables,
  ...(collation ? { collation: collation.spec as CollationSpec } : {}),
})

/** mingo's own form of its settings, which it would make anew for every document; it tells it to operators only. */
interface ReadyOptions extends Options {
  update(locals: { root: Doc }): ReadyOptions
}

const show = (_doc: unknown, _expr: unknown, options: Options) => options
const showing = { ...mingoOptions(), context: Context.init({ expression: { $show: show as never } }) }
const shown: unknown = evalExpr({}, { $show: 1 }, showing)
const { init } = (shown as Options).constructor as unknown as { init(options: Options): ReadyOptions }

// Of mingo's own type the compiler says that it is too complex.
const run = evalExpr as (doc: Doc, expr: unknown, options: Options) => unknown

function interpreted(expr: unknown, scope?: Scope): (doc: Doc) => unknown {
  const options = init(mingoOptions(scope))
  return doc => withMongoErrors(() => run(doc, expr, options.update({ root: doc })))
}

/** Runs what uses mingo, so that its errors reach the client as MongoDB's. */
export function withMongoErrors<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof MongoError || error instanceof RangeError) throw error
    const message = (error as Error).message
    const [, unknown] = /unknown operator:? '?(\$\w+)/i.exec(message) ?? []
    throw unknown ? notSupported(unknown) : new MongoError('BadValue', message)
  }
}

/** An expression made ready for many documents: constants and plain fields need no interpreter. */
export function compileExpression(expr: unknown, scope?: Scope): (doc: Doc) => unknown {
  if (typeof expr === 'string' && /^\$[^$.]+$/.test(expr)) {
    const field = expr.slice(1)
    return doc => fieldOf(doc, field)
  }
  if (expr === null || (typeof expr !== 'object' && typeof expr !== 'string')) return () => expr
  if (isDocument(expr) && !Object.keys(expr).some(name => name.startsWith('$')))
    return compileFields(expr, scope)
  return interpreted(expr, scope)
}

function compileFields(fields: Doc, scope?: Scope): (doc: Doc) => unknown {
  const parts = Object.entries(fields).map(([name, expr]) => [name, compileExpression(expr, scope)] as const)
  return doc => {
    const out: Doc = {}
    for (const [name, value] of parts) {
      const result = value(doc)
      if (result !== undefined) putField(out, name, result)
    }
    return out
  }
}
