import { expect, it } from '@jest/globals'
import mongoose from 'mongoose'
import { Sessions } from '../../server/embedded/command/session.ts'
import { Files } from '../../server/embedded/log/files.ts'
import { Store } from '../../server/embedded/storage/store.ts'
import { engineInMemory, failureOf, onFolder, temporaryFolder } from './support.ts'

const world = engineInMemory()

it('options, views and what indexes are told by collMod come out of a snapshot as they went in', async () => {
  const directory = temporaryFolder()
  const schema = { $jsonSchema: { required: ['a'] } }
  await onFolder(directory, async db => {
    const validator = { $jsonSchema: { required: ['b'] } }
    const collation = { locale: 'en', strength: 2 as const }
    const docs = await db.createCollection('docs', {
      validator,
      collation,
      capped: true,
      size: 10_000,
      max: 2,
    })
    await db.createCollection('view', { viewOn: 'docs', pipeline: [{ $match: { n: 1 } }] })
    await docs.createIndex({ n: 1 }, { unique: true })
    await db.command({ collMod: 'docs', index: { name: 'n_1', hidden: true } })
    await db.command({ collMod: 'docs', validator: schema, validationLevel: 'moderate' })
    await docs.insertMany([
      { a: 1, n: 'x' },
      { a: 1, n: 1 },
      { a: 1, n: 2 },
    ])
    await db
      .collection('docs')
      .aggregate([{ $out: 'copy' }])
      .toArray()
  })
  const store = new Store()
  const files = new Files(directory, store, new Sessions(store), () => {})
  files.open('always')
  await files.compact()
  await files.close()
  await onFolder(directory, async db => {
    const docs = db.collection('docs')
    expect(await docs.options()).toMatchObject({
      validator: schema,
      validationLevel: 'moderate',
      collation: { locale: 'en', strength: 2 },
      capped: true,
      size: 10_240,
      max: 2,
    })
    expect(await docs.indexes()).toMatchObject([
      {},
      { name: 'n_1', hidden: true, collation: { strength: 2 } },
    ])
    expect((await failureOf(docs.insertOne({ n: 3 }))).code).toBe(121)
    await docs.insertOne({ a: 1, n: 'Y' })
    expect((await failureOf(docs.insertOne({ a: 1, n: 'y' }))).code).toBe(11000)
    expect((await docs.find().toArray()).map(doc => doc.n as unknown)).toEqual([2, 'Y'])
    expect(await db.collection('copy').countDocuments()).toBe(2)
    expect(await db.collection('view').find().toArray()).toEqual([])
  })
})

it('mongoose makes capped and collated collections, and finds its indexes as it wants them', async () => {
  const connection = await mongoose
    .createConnection(world.engine.uri, { dbName: 'goose', autoIndex: false })
    .asPromise()
  try {
    const collation = { locale: 'en', strength: 2 as const }
    const schema = new mongoose.Schema({ name: String, at: Date }, { collation, autoCreate: false })
    schema.index({ name: 1 }, { unique: true })
    schema.index({ at: 1 }, { expireAfterSeconds: 60, collation: { locale: 'simple' } })
    const Person = connection.model('Person', schema)
    await Person.createCollection()
    await Person.createCollection()
    expect(await Person.syncIndexes()).toEqual([])
    expect(await Person.syncIndexes()).toEqual([])
    await Person.create({ name: 'Anna' })
    expect((await failureOf(Person.create({ name: 'ANNA' }))).code).toBe(11000)
    expect((await Person.findOne({ name: 'anna' }))?.name).toBe('Anna')
    const capped = new mongoose.Schema({ n: Number }, { capped: { size: 5000, max: 1 }, autoCreate: false })
    const Line = connection.model('Line', capped)
    await Line.createCollection()
    await Line.create([{ n: 1 }, { n: 2 }], { ordered: true })
    expect((await Line.find()).map(line => line.n)).toEqual([2])
  } finally {
    await connection.close()
  }
})
