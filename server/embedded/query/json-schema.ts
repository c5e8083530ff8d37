import { fieldOf, isDocument, type Doc } from '../value/document.ts'
import { MongoError, notSupported } from '../value/error.ts'
import { keyOf } from '../value/key.ts'
import { toNumber } from '../value/number.ts'
import { compare, rank, rankOf } from '../value/order.ts'
import { hasType } from './bson-type.ts'
import { toRegExp } from './regex.ts'

/** What a value breaks, rule by rule, as MongoDB tells it in the error of a validator; nothing when it keeps all. */
export type Schema = (value: unknown) => Doc[]

/** One rule: what a value that breaks it is told beside the rule's name. */
type Rule = (value: unknown) => Doc | undefined

const kinds = ['object', 'array', 'number', 'boolean', 'string', 'null']
const described = ['title', 'description']

/** The types of what stands beside a keyword. */
const shapes: Record<string, string> = {
  ...{ enum: 'array', required: 'array', allOf: 'array', anyOf: 'array', oneOf: 'array' },
  ...{ properties: 'object', patternProperties: 'object', dependencies: 'object', not: 'object' },
  ...{ exclusiveMinimum: 'bool', exclusiveMaximum: 'bool', uniqueItems: 'bool', pattern: 'string' },
  ...{ minimum: 'number', maximum: 'number', multipleOf: 'number', minLength: 'number', maxLength: 'number' },
  ...{ minItems: 'number', maxItems: 'number', minProperties: 'number', maxProperties: 'number' },
}

/** The schema that `$jsonSchema` names; a keyword that MongoDB has not is refused. */
export function compileSchema(given: unknown): Schema {
  if (!isDocument(given)) throw new MongoError('TypeMismatch', '$jsonSchema must be an object')
  const rules = Object.entries(given)
    .filter(([name]) => !described.includes(name))
    .map(([name, wanted]) => {
      const make = Object.hasOwn(keywords, name) ? keywords[name] : undefined
      if (!make) throw new MongoError('FailedToParse', `Unknown $jsonSchema keyword: ${name}`)
      const shape = shapes[name]
      if (shape && !hasType(shape)(wanted))
        throw new MongoError('TypeMismatch', `$jsonSchema keyword '${name}' must be of type ${shape}`)
      return { name, wanted: wanted as unknown, rule: make(wanted as never, given) }
    })
  return value =>
    rules.flatMap(({ name, wanted, rule }) => {
      const broken = rule(value)
      return broken ? [{ operatorName: name, specifiedAs: { [name]: wanted }, ...broken }] : []
    })
}

const keywords: Record<string, (wanted: never, schema: Doc) => Rule> = {
  bsonType: (wanted: unknown) => typed(wanted),
  type: (wanted: unknown) => {
    const unknown = [wanted].flat().find(one => !kinds.includes(one as string))
    if (unknown !== undefined) throw new MongoError('BadValue', `Unknown type name alias: ${String(unknown)}`)
    return typed([wanted].flat().map(one => (one === 'boolean' ? 'bool' : one)))
  },
  enum: (wanted: unknown[]) => {
    const keys = new Set(wanted.map(one => keyOf(unordered(one))))
    return told('value was not found in enum', value => keys.has(keyOf(unordered(value))))
  },
  minimum: (least: unknown, { exclusiveMinimum }) =>
    onNumbers(value => compare(value, least) >= (exclusiveMinimum === true ? 1 : 0)),
  maximum: (most: unknown, { exclusiveMaximum }) =>
    onNumbers(value => compare(value, most) <= (exclusiveMaximum === true ? -1 : 0)),
  exclusiveMinimum: () => always,
  exclusiveMaximum: () => always,
  multipleOf: (divisor: unknown) => onNumbers(value => toNumber(value) % toNumber(divisor) === 0),
  minLength: (least: unknown) => onTexts(text => [...text].length >= toNumber(least)),
  maxLength: (most: unknown) => onTexts(text => [...text].length <= toNumber(most)),
  pattern: (source: string) => {
    const regex = toRegExp(source)
    return onTexts(text => regex.test(text))
  },
  minItems: (least: unknown) => onLists(list => list.length >= toNumber(least)),
  maxItems: (most: unknown) => onLists(list => list.length <= toNumber(most)),
  uniqueItems: (wanted: boolean) =>
    wanted ? onLists(list => new Set(list.map(item => keyOf(unordered(item)))).size === list.length) : always,
  items: itemsRule,
  additionalItems: () => always,
  minProperties: (least: unknown) => onDocuments(doc => Object.keys(doc).length >= toNumber(least)),
  maxProperties: (most: unknown) => onDocuments(doc => Object.keys(doc).length <= toNumber(most)),
  required: (names: string[]) => value => {
    const missingProperties = isDocument(value)
      ? names.filter(name => fieldOf(value, name) === undefined)
      : []
    return missingProperties.length ? { missingProperties } : undefined
  },
  properties: propertiesRule,
  additionalProperties: additionalRule,
  patternProperties: (wanted: Doc) => patternRule(wanted),
  dependencies: dependenciesRule,
  allOf: (wanted: unknown[]) => combined(wanted, broken => broken.every(one => !one.length)),
  anyOf: (wanted: unknown[]) => combined(wanted, broken => broken.some(one => !one.length)),
  oneOf: (wanted: unknown[]) => combined(wanted, broken => broken.filter(one => !one.length).length === 1),
  not: (wanted: unknown) => {
    const schema = compileSchema(wanted)
    return told('child expression matched', value => schema(value).length > 0)
  },
}

const always: Rule = () => undefined
const told =
  (reason: string, holds: (value: unknown) => boolean): Rule =>
  value =>
    holds(value) ? undefined : { reason, consideredValue: value }

const typed = (wanted: unknown) => told('type did not match', hasType(wanted))
const onNumbers = (holds: (value: unknown) => boolean) =>
  told('comparison failed', value => rankOf(value) !== rank.number || holds(value))
const onTexts = (holds: (text: string) => boolean) =>
  told('text did not match', value => typeof value !== 'string' || holds(value))
const onLists = (holds: (list: unknown[]) => boolean) =>
  told('array did not match', value => !Array.isArray(value) || holds(value))
const onDocuments = (holds: (doc: Doc) => boolean) =>
  told('object did not match', value => !isDocument(value) || holds(value))

/** The value with the fields of its documents sorted: a schema does not look at their order. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unordered)
  if (!isDocument(value)) return value
  const names = Object.keys(value).sort()
  return Object.fromEntries(names.map(name => [name, unordered(value[name])]))
}

function itemsRule(wanted: Doc | Doc[], { additionalItems = true }: Doc): Rule {
  const rest = typeof additionalItems === 'boolean' ? undefined : compileSchema(additionalItems)
  const each = Array.isArray(wanted) ? wanted.map(compileSchema) : compileSchema(wanted)
  const schemaAt = (place: number) => (Array.isArray(each) ? (each[place] ?? rest) : each)
  return value => {
    if (!Array.isArray(value)) return undefined
    if (Array.isArray(each) && additionalItems === false && value.length > each.length)
      return { reason: 'found additional items', additionalItems: value.slice(each.length) }
    for (const [itemIndex, item] of value.entries()) {
      const details = schemaAt(itemIndex)?.(item)
      if (details?.length)
        return { reason: 'At least one item did not match the sub-schema', itemIndex, details }
    }
    return undefined
  }
}

function propertiesRule(wanted: Doc): Rule {
  const parts = Object.entries(wanted).map(([name, schema]) => [name, compileSchema(schema)] as const)
  return value => {
    if (!isDocument(value)) return undefined
    const propertiesNotSatisfied = parts.flatMap(([propertyName, schema]) => {
      const held = fieldOf(value, propertyName)
      const details = held === undefined ? [] : schema(held)
      return details.length ? [{ propertyName, details }] : []
    })
    return propertiesNotSatisfied.length ? { propertiesNotSatisfied } : undefined
  }
}

function patternRule(wanted: Doc): Rule {
  const parts = Object.entries(wanted).map(
    ([source, schema]) => [toRegExp(source), compileSchema(schema)] as const,
  )
  return value => {
    if (!isDocument(value)) return undefined
    const broken = Object.keys(value).flatMap(propertyName =>
      parts.flatMap(([regex, schema]) => {
        const details = regex.test(propertyName) ? schema(fieldOf(value, propertyName)) : []
        return details.length ? [{ propertyName, regexMatched: regex.source, details }] : []
      }),
    )
    return broken.length ? { details: broken } : undefined
  }
}

function additionalRule(wanted: boolean | Doc, { properties = {}, patternProperties = {} }: Doc): Rule {
  const patterns = Object.keys(patternProperties as Doc).map(source => toRegExp(source))
  const isKnown = (name: string) =>
    Object.hasOwn(properties as Doc, name) || patterns.some(regex => regex.test(name))
  const schema = isDocument(wanted) ? compileSchema(wanted) : () => (wanted ? [] : [{}])
  return value => {
    if (!isDocument(value)) return undefined
    const additionalProperties = Object.keys(value).filter(
      name => !isKnown(name) && schema(fieldOf(value, name)).length > 0,
    )
    return additionalProperties.length ? { additionalProperties } : undefined
  }
}

function dependenciesRule(wanted: Doc): Rule {
  const parts = Object.entries(wanted).map(
    ([name, needed]) => [name, compileSchema(Array.isArray(needed) ? { required: needed } : needed)] as const,
  )
  return value => {
    if (!isDocument(value)) return undefined
    const failingDependencies = parts.flatMap(([conditionalProperty, schema]) => {
      const details = fieldOf(value, conditionalProperty) === undefined ? [] : schema(value)
      return details.length ? [{ conditionalProperty, details }] : []
    })
    return failingDependencies.length ? { failingDependencies } : undefined
  }
}

function combined(wanted: unknown[], holds: (broken: Doc[][]) => boolean): Rule {
  if (!Array.isArray(wanted) || !wanted.length) throw notSupported('an empty list of schemas')
  const schemas = wanted.map(compileSchema)
  return value => {
    const broken = schemas.map(schema => schema(value))
    if (holds(broken)) return undefined
    return {
      schemasNotSatisfied: broken.flatMap((details, index) => (details.length ? [{ index, details }] : [])),
    }
  }
}
