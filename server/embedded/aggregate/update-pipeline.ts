import type { Doc } from '../value/document.ts'
import { notSupported } from '../value/error.ts'
import type { Scope } from './expression.ts'
import { stages, type StageMaker } from './stage.ts'

const allowed = ['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith'] as const

/** What an update's pipeline makes of a document. */
export function compileUpdatePipeline(pipeline: Doc[], scope: Scope): (doc: Doc) => Doc {
  const steps = pipeline.map(stage => {
    const [name = 'an empty stage'] = Object.keys(stage)
    const known = allowed.find(one => one === name)
    if (!known) throw notSupported(`${name} in an update`)
    return (stages[known] as StageMaker)(stage[name] as never, scope)
  })
  return doc => steps.reduce((docs, step) => step(docs), [doc])[0] as Doc
}
