import { parseJson } from '../../base/json.ts'
import { PushFault } from './fault.ts'
import { readXml } from './xml.ts'

/** What a body says, whatever its format: texts by name, several of one name as a list. */
export interface Branch {
  [name: string]: Tree | Tree[]
}
export type Tree = string | Branch

export type PushFormat = 'json' | 'xml'

/** By the first character, as JSON was seen to come as `text/xml`. */
export const formatOf = (body: string): PushFormat => (body.startsWith('<') ? 'xml' : 'json')

/** Reads a body. Throws a `PushFault` of 400 when it is neither an object of JSON nor WeChat's kind of XML. */
export const treeOf = (body: string): Branch =>
  formatOf(body) === 'xml' ? readXml(body) : branchOf(jsonOf(body))

function jsonOf(body: string): unknown {
  try {
    return parseJson(body)
  } catch {
    throw new PushFault(400, 'not JSON')
  }
}

function branchOf(value: unknown): Branch {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new PushFault(400, 'not an object')
  const branch = Object.create(null) as Branch
  for (const [name, inner] of Object.entries(value))
    branch[name] = Array.isArray(inner) ? inner.flat(1).map(treeIn) : treeIn(inner)
  return branch
}

/** Numbers and the like become texts, as XML has them. */
function treeIn(value: unknown): Tree {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return branchOf(value)
  return value === null || typeof value === 'object' ? '' : String(value)
}
