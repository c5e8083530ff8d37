import { describe, expect, it } from '@jest/globals'
import { Decimal128, Long } from 'mongodb'
import { engineInMemory, failureOf } from './support.ts'

const world = engineInMemory()
let count = 0
const fresh = () => world.db.collection(`updates${++count}`)

describe('an update', () => {
  it('reaches into arrays by $, $[] and $[name]', async () => {
    const one = fresh()
    await one.insertOne({
      items: [
        { id: 1, q: 1 },
        { id: 2, q: 2 },
        { id: 3, q: 3 },
      ],
    })
    await one.updateOne({}, { $set: { 'items.$[big].q': 10 } }, { arrayFilters: [{ 'big.id': { $gte: 2 } }] })
    await one.updateOne({ 'items.id': 1 }, { $inc: { 'items.$.q': 5 } })
    await one.updateOne({}, { $inc: { 'items.$[].q': 1 } })
    expect((await one.findOne())?.items.map((item: { q: number }) => item.q)).toEqual([7, 11, 11])
  })

  it('says whether it changed anything, and refuses to write one path twice or to change _id', async () => {
    const one = fresh()
    await one.insertOne({ _id: 1 as never, a: 1, b: { c: 1 } })
    expect(
      await one
        .updateOne({}, { $set: { a: 1, 'b.c': 1 }, $min: { a: 5 } } as never)
        .catch(error => error.code),
    ).toBe(40)
    expect(await one.updateOne({}, { $set: { a: 1, 'b.c': 1 } })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 0,
    })
    expect((await failureOf(one.updateOne({}, { $set: { _id: 2 } } as never))).code).toBe(66)
    expect((await failureOf(one.updateOne({}, { $inc: { b: 1 } }))).code).toBe(14)
  })

  it('is refused where the result has no place: beyond 64 bits, in the middle of an array', async () => {
    const one = fresh()
    const before = { _id: 1 as never, big: Long.MAX_VALUE, list: [1, 2] }
    await one.insertOne(before)
    expect((await failureOf(one.updateOne({}, { $inc: { big: 1 } }))).code).toBe(2)
    expect((await failureOf(one.updateOne({}, { $rename: { 'list.0': 'first' } }))).code).toBe(2)
    expect(await one.findOne()).toEqual(before)
    expect((await failureOf(one.find().skip(-1).toArray())).code).toBe(2)
  })

  it('that changes only the type or the digits of a number changes it', async () => {
    const one = fresh()
    await one.insertOne({ _id: 1 as never, price: 5, in: { price: 5 } })
    const decimal = (digits: string) => ({ price: Decimal128.fromString(digits) })
    await one.updateOne({}, { $set: { in: decimal('5') } })
    expect((await one.findOne())?.in).toEqual(decimal('5'))
    await one.replaceOne({}, decimal('5.0'))
    expect(await one.updateOne({}, { $set: decimal('5.00') })).toMatchObject({ modifiedCount: 1 })
    expect(await one.findOne()).toEqual({ _id: 1, ...decimal('5.00') })
    expect(await one.replaceOne({}, decimal('5.00'))).toMatchObject({ modifiedCount: 0 })
  })

  it('takes a pipeline', async () => {
    const one = fresh()
    await one.insertOne({ a: 2, b: 3, gone: 1 })
    await one.updateOne({}, [{ $set: { sum: { $add: ['$a', '$b'] } } }, { $unset: 'gone' }])
    expect(await one.findOne({}, { projection: { _id: 0 } })).toEqual({ a: 2, b: 3, sum: 5 })
  })
})
