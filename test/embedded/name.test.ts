import { describe, expect, it } from '@jest/globals'
import { BSON, type Document } from 'mongodb'
import { engineInMemory, failureOf, messageOf, sendRaw } from './support.ts'

const world = engineInMemory()
let made = 0
const fresh = () => world.db.collection(`names${++made}`)

const names = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__proto__', '__defineGetter__']
/** A document with one field of any name. */
const having = (name: string, value: unknown): Document => ({ [name]: value })

describe.each(names)('the field name %s is one like any other', name => {
  it('in filters, sorts and expressions, where it is missing', async () => {
    const docs = fresh()
    await docs.insertOne({ _id: 1 as never, a: {} })
    const count = (filter: Document) => docs.countDocuments(filter)
    expect(await count(having(name, { $exists: true }))).toBe(0)
    expect(await count(having(`a.${name}`, { $exists: true }))).toBe(0)
    expect(await count(having(name, null))).toBe(1)
    expect(await count(having(name, { $type: 'object' }))).toBe(0)
    // Below the top the expressions refuse __proto__ by its name.
    const below = name === '__proto__' ? '$a.b' : `$a.${name}`
    const shown = { $project: { top: `$${name}`, below } }
    expect(await docs.aggregate([shown]).toArray()).toEqual([{ _id: 1 }])
    expect(await docs.distinct(name)).toEqual([])
  })

  it('in documents, indexes, updates, projections and groups, where it is there', async () => {
    const docs = fresh()
    await docs.createIndex({ [name]: 1 } as never, { unique: true })
    await docs.insertOne({ _id: 1 as never, a: { [name]: 5 } })
    await docs.updateOne({}, { $set: having(name, { x: 1 }), $inc: having(`a.${name}`, 1) })
    const whole = BSON.serialize((await docs.findOne()) as Document)
    expect(whole).toEqual(BSON.serialize({ _id: 1, a: having(name, 6), [name]: { x: 1 } }))
    expect(await docs.countDocuments({ [`${name}.x`]: 1 })).toBe(1)
    expect((await failureOf(docs.insertOne(having(name, { x: 1 })))).code).toBe(11000)
    const shown = await docs.findOne({}, { projection: having(`${name}.x`, 1) })
    expect(Object.getOwnPropertyDescriptor(shown, name)?.value).toEqual({ x: 1 })
    const [group] = await docs.aggregate([{ $group: { _id: `$${name}`, [name]: { $sum: 1 } } }]).toArray()
    expect(group?._id).toEqual({ x: 1 })
    expect(Object.getOwnPropertyDescriptor(group, name)?.value).toBe(1)
    await docs.updateOne({}, { $unset: having(name, '') })
    expect(await docs.countDocuments(having(name, { $exists: true }))).toBe(0)
  })
})

it('no data and no command reaches what all objects inherit', async () => {
  const docs = fresh()
  await docs.insertOne({ _id: 1 as never })
  const evil = '__proto__.polluted'
  await docs.find({}, { projection: having(evil, 1) }).toArray()
  await docs.find({}, { projection: having('constructor.prototype.polluted', 0) }).toArray()
  await docs.updateOne({}, { $set: having(evil, 1) })
  await docs.aggregate([{ $addFields: having(evil, 2) }, { $project: having(evil, 1) }]).toArray()
  await docs.aggregate([{ $group: { _id: 1, all: { $mergeObjects: '$$ROOT' } } }]).toArray()
  await docs.updateOne(having(evil, 3), { $set: { b: 1 } }, { upsert: true })
  const command = JSON.parse('{"hello": 1, "$db": "test", "__proto__": {"polluted": 1}}') as Document
  expect(await sendRaw(world.engine.port, messageOf(command))).toMatchObject({ ok: 1 })
  expect(({} as Document).polluted).toBeUndefined()
})
