import { isDocument, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import type { Scope } from './expression.ts'
import { stages, type Stage, type StageMaker } from './stage.ts'

/** The `$fill` stage: what is null or missing becomes a value, or what its neighbours let expect. */
export function compileFill(spec: Doc, scope: Scope): Stage {
  const { output, sortBy, partitionBy, partitionByFields, ...unknown } = spec
  const [extra] = Object.keys(unknown)
  if (extra || !isDocument(output))
    throw new MongoError('FailedToParse', `$fill does not understand ${String(extra)}`)
  const methods: Doc = {}
  const values: Doc = {}
  for (const [field, { method, value }] of Object.entries(output as Record<string, Doc>)) {
    if (method === undefined) values[field] = { $ifNull: [`$${field}`, value] }
    else if (method === 'locf' || method === 'linear')
      methods[field] = { [method === 'locf' ? '$locf' : '$linearFill']: `$${field}` }
    else throw new MongoError('FailedToParse', `$fill does not know the method ${String(method)}`)
  }
  const fields = (partitionByFields ?? []) as string[]
  const partition: unknown =
    partitionBy ?? Object.fromEntries(fields.map(name => [name.replaceAll('.', '_'), `$${name}`]))
  const make = (name: '$set' | '$setWindowFields', argument: Doc) =>
    (stages[name] as StageMaker)(argument as never, scope)
  const steps = [
    ...(Object.keys(methods).length
      ? [make('$setWindowFields', { partitionBy: partition, sortBy, output: methods })]
      : []),
    ...(Object.keys(values).length ? [make('$set', values)] : []),
  ]
  return docs => steps.reduce((result, step) => step(result), docs)
}
