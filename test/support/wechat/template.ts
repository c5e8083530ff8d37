import { Refusal } from '../platform/desk.ts'
import { fits } from './field.ts'

/** A template chosen for the app; 2 is one-time, 3 is long-term. */
export interface Template {
  id: string
  title: string
  /** What each field is called: `{ thing1: '课程名称' }`. */
  fields: Record<string, string>
  type?: 2 | 3
  /** The values `enum` fields take. */
  enums?: Record<string, readonly string[]>
}

/** A template as `gettemplate` tells it. */
export const shown = ({ id, title, fields, type = 2, enums = {} }: Template): object => ({
  priTmplId: id,
  title,
  content: Object.entries(fields)
    .map(([key, name]) => `${name}:{{${key}.DATA}}\n`)
    .join(''),
  example: Object.values(fields)
    .map(name => `${name}:…\n`)
    .join(''),
  type,
  keywordEnumValueList: Object.entries(enums).map(([key, values]) => ({
    keywordCode: key,
    enumValueList: values,
  })),
})

const invalid = (what: string): Refusal => new Refusal(47003, `argument invalid! ${what}`)

/** The texts of a message; throws 47003 unless `data` has just the template's fields, each as `{ value }` that fits. */
export function textsIn(data: unknown, { fields, enums = {} }: Template): Record<string, string> {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw invalid('data is not an object')
  const given = data as Record<string, unknown>
  for (const key of Object.keys(given)) if (!(key in fields)) throw invalid(`data.${key} is not in template`)
  return Object.fromEntries(
    Object.keys(fields).map(key => {
      const value = (given[key] as { value?: unknown } | null | undefined)?.value
      if (value === undefined || value === '') throw invalid(`data.${key}.value is empty`)
      if (typeof value !== 'string' || !fits(key, value, enums[key]))
        throw invalid(`data.${key}.value invalid`)
      return [key, value]
    }),
  )
}
