import { describe, expect, it } from '@jest/globals'
import { ObjectId } from 'mongodb'
import { engineInMemory, failureOf } from './support.ts'

const world = engineInMemory()
let count = 0
const fresh = () => world.db.collection(`refused${++count}`)

describe('the embedded database refuses by name', () => {
  it('a command that it has not', async () => {
    const failure = await failureOf(world.db.command({ mapReduce: 'x' }))
    expect(failure).toMatchObject({ code: 59, message: "no such command: 'mapReduce'" })
  })

  it.each([
    ['a query operator', { a: { $near: [1, 2] } }, '$near'],
    ['an unknown query operator', { a: { $nonsense: 1 } }, '$nonsense'],
    ['a top-level operator', { $text: { $search: 'x' } }, '$text'],
    ['a script', { $where: 'true' }, '$where'],
    ['an unknown expression', { $expr: { $nonsense: 1 } }, '$nonsense'],
  ])('%s', async (_what, filter, name) => {
    const filled = fresh()
    await filled.insertOne({ a: 1 })
    expect((await failureOf(filled.findOne(filter))).message).toContain(name)
  })

  it('an update operator, a pipeline stage, an accumulator, an index type, a field of a command', async () => {
    const one = fresh()
    await one.insertOne({ a: 1 })
    const failures = await Promise.all([
      failureOf(one.updateOne({}, { $nonsense: { a: 1 } } as never)),
      failureOf(one.aggregate([{ $out: 'x' }, { $limit: 1 }]).toArray()),
      failureOf(one.aggregate([{ $group: { _id: 1, a: { $nonsense: 1 } } }]).toArray()),
      failureOf(one.createIndex({ a: 'text' })),
      failureOf(one.find({}, { tailable: true }).toArray()),
      failureOf(one.find({}, { collation: { locale: 'en', strength: 4 } }).toArray()),
      failureOf(one.watch().next()),
    ])
    const names = ['$nonsense', '$out', '$nonsense', 'text', 'tailable', 'collation', '$changeStream']
    for (const [place, name] of names.entries()) expect(failures[place]?.message).toContain(name)
  })
})

it.each([5, true, 'text', new Date(0), new ObjectId(), [{ a: 1 }]])(
  'a filter that is no document: %p',
  async wrong => {
    const docs = fresh()
    await docs.insertMany([{ a: 1 }, { a: 2 }])
    const name = docs.collectionName
    const commands = [
      { delete: name, deletes: [{ q: wrong, limit: 0 }] },
      { update: name, updates: [{ q: wrong, u: { $set: { a: 3 } }, multi: true }] },
      { find: name, filter: wrong },
      { count: name, query: wrong },
      { findAndModify: name, query: wrong, remove: true },
    ]
    for (const command of commands) expect((await failureOf(world.db.command(command))).code).toBe(14)
    expect(await docs.countDocuments({ a: { $lt: 3 } })).toBe(2)
  },
)
