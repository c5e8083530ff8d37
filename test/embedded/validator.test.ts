import { describe, expect, it } from '@jest/globals'
import { Decimal128, Long, type Document } from 'mongodb'
import { engineInMemory, failureOf, onFolder, temporaryFolder } from './support.ts'

const world = engineInMemory()
let made = 0
const created = (options: Document) => world.db.createCollection(`valid${++made}`, options)
const id = (value: number) => value as never

const person = {
  bsonType: 'object',
  required: ['name', 'age'],
  properties: {
    name: { bsonType: 'string', minLength: 2, maxLength: 5, pattern: '^[A-Z]' },
    age: { bsonType: ['int', 'long'], minimum: 0, maximum: 150, exclusiveMaximum: true },
    tags: { bsonType: 'array', items: { type: 'string' }, minItems: 1, maxItems: 2, uniqueItems: true },
    kind: { enum: ['a', 'b', null] },
  },
  patternProperties: { '^x_': { type: 'number' } },
  additionalProperties: true,
  dependencies: { tags: ['kind'] },
}

describe('a schema', () => {
  const good = { name: 'Anna', age: 3 }
  it.each([
    [{}, true],
    [{ age: 150 }, false],
    [{ age: -1 }, false],
    [{ age: 1.5 }, false],
    [{ age: undefined }, false],
    [{ name: 'anna' }, false],
    [{ name: 'A' }, false],
    [{ name: 'Annabel' }, false],
    [{ tags: ['x'], kind: 'a' }, true],
    [{ tags: ['x'] }, false],
    [{ tags: [], kind: 'a' }, false],
    [{ tags: ['x', 'x'], kind: 'a' }, false],
    [{ tags: ['x', 1], kind: 'a' }, false],
    [{ kind: 'c' }, false],
    [{ kind: null }, true],
    [{ x_1: 'text' }, false],
    [{ x_1: Long.fromNumber(4) }, true],
  ])('with %p matches: %p', async (changes, matches) => {
    const docs = world.db.collection(`schema${++made}`)
    await docs.insertOne({ ...good, ...changes }, { ignoreUndefined: true })
    expect(await docs.countDocuments({ $jsonSchema: person })).toBe(Number(matches))
    expect(await docs.countDocuments({ $nor: [{ $jsonSchema: person }] })).toBe(Number(!matches))
  })

  it('combines others, and closes a document', async () => {
    const docs = world.db.collection('combined')
    await docs.insertMany([{ a: 1 }, { a: 'x' }, { a: 1, b: 1 }, { a: Decimal128.fromString('7') }])
    const count = ($jsonSchema: Document) => docs.countDocuments({ $jsonSchema })
    const a = (schema: Document) => ({ properties: { a: schema } })
    expect(await count({ anyOf: [a({ type: 'string' }), a({ minimum: 5 })] })).toBe(2)
    expect(await count({ allOf: [a({ type: 'number' }), a({ minimum: 5 })] })).toBe(1)
    expect(await count({ oneOf: [a({ type: 'number' }), a({ minimum: 5 })] })).toBe(3)
    expect(await count({ not: a({ type: 'string' }) })).toBe(3)
    expect(await count({ properties: { _id: {}, a: {} }, additionalProperties: false })).toBe(3)
  })

  it('with a keyword that MongoDB has not is refused', async () => {
    const failure = await failureOf(world.db.collection('x').findOne({ $jsonSchema: { nonsense: 1 } }))
    expect(failure).toMatchObject({ code: 9, message: 'Unknown $jsonSchema keyword: nonsense' })
    expect(await failureOf(created({ validator: { $jsonSchema: { type: 'int' } } }))).toMatchObject({
      code: 2,
    })
  })
})

describe('a validator', () => {
  it('refuses inserts, updates, upserts and findAndModify with error 121 and says why', async () => {
    const docs = await created({ validator: { $jsonSchema: person } })
    await docs.insertOne({ _id: id(1), name: 'Anna', age: 3 })
    const failure = await failureOf(docs.insertOne({ _id: id(2), name: 5 }))
    expect(failure).toMatchObject({ code: 121, message: 'Document failed validation' })
    expect(failure.errInfo).toEqual({
      failingDocumentId: 2,
      details: {
        operatorName: '$jsonSchema',
        schemaRulesNotSatisfied: [
          {
            operatorName: 'required',
            specifiedAs: { required: ['name', 'age'] },
            missingProperties: ['age'],
          },
          expect.objectContaining({
            operatorName: 'properties',
            propertiesNotSatisfied: [
              {
                propertyName: 'name',
                details: [
                  {
                    operatorName: 'bsonType',
                    specifiedAs: { bsonType: 'string' },
                    reason: 'type did not match',
                    consideredValue: 5,
                  },
                ],
              },
            ],
          }),
        ],
      },
    })
    const writes = [
      docs.updateOne({}, { $set: { age: 'old' } }),
      docs.updateMany({}, { $unset: { name: 1 } }),
      docs.replaceOne({}, {}),
      docs.updateOne({ _id: id(9) }, { $set: { age: 1 } }, { upsert: true }),
      docs.findOneAndUpdate({}, { $inc: { age: 1000 } }),
    ]
    for (const write of writes) expect(await failureOf(write)).toMatchObject({ code: 121 })
    expect(await docs.find().toArray()).toEqual([{ _id: 1, name: 'Anna', age: 3 }])
    await docs.updateOne({}, { $set: { age: 'old' } }, { bypassDocumentValidation: true })
    await docs.insertOne({ _id: id(3) }, { bypassDocumentValidation: true })
  })

  it('of query operators, that is moderate, that only warns, that is changed and taken away', async () => {
    const docs = await created({ validator: { a: { $gt: 1 }, $expr: { $lt: ['$a', 10] } } })
    const failure = await failureOf(docs.insertOne({ a: 1 }))
    expect(failure.errInfo).toMatchObject({
      details: {
        operatorName: '$gt',
        specifiedAs: { a: { $gt: 1 } },
        reason: 'comparison failed',
        consideredValue: 1,
      },
    })
    expect((await failureOf(docs.insertOne({ a: 11 }))).code).toBe(121)
    await docs.insertOne({ _id: id(1), a: 0 }, { bypassDocumentValidation: true })
    const change = (options: Document) => world.db.command({ collMod: docs.collectionName, ...options })
    await change({ validationLevel: 'moderate' })
    await docs.updateOne({ _id: id(1) }, { $set: { b: 1 } })
    await docs.insertOne({ _id: id(2), a: 5 })
    expect((await failureOf(docs.updateOne({ _id: id(2) }, { $set: { a: 0 } }))).code).toBe(121)
    await change({ validationAction: 'warn' })
    await docs.insertOne({ a: 0 })
    await change({ validationAction: 'error', validationLevel: 'strict' })
    expect((await failureOf(docs.insertOne({ a: 0 }))).code).toBe(121)
    await change({ validator: {} })
    await docs.insertOne({ a: 0 })
  })

  it('sees the time of the write, not of its making', async () => {
    const docs = await created({ validator: { $expr: { $lte: ['$at', '$$NOW'] } } })
    await docs.insertOne({ at: new Date() })
    await new Promise(resolve => setTimeout(resolve, 20))
    await docs.insertOne({ at: new Date() })
    expect((await failureOf(docs.insertOne({ at: new Date(Date.now() + 60_000) }))).code).toBe(121)
  })

  it('is shown and survives a restart, from the log and from a snapshot', async () => {
    const directory = temporaryFolder()
    const validator = { a: { $type: 'string' } }
    await onFolder(directory, async db => {
      await db.createCollection('kept', { validator, validationLevel: 'moderate' })
      await db.createCollection('changed')
      await db.command({ collMod: 'changed', validator })
    })
    await onFolder(directory, async db => {
      for (const name of ['kept', 'changed'])
        expect((await failureOf(db.collection(name).insertOne({ a: 1 }))).code).toBe(121)
      const listed = await db.listCollections({ name: 'kept' }).toArray()
      expect(listed).toMatchObject([
        { type: 'collection', options: { validator, validationLevel: 'moderate' } },
      ])
    })
  })
})
