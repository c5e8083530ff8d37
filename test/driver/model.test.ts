import { describe, expect, it } from '@jest/globals'
import mongoose, { Types } from 'mongoose'
import { aDatabase, aName, failureOf } from './support.ts'

const connection = aDatabase()
const text = { type: String, required: true }

describe('a model', () => {
  it('stores defaults and refuses what its schema refuses', async () => {
    const kind = { type: String, required: true, enum: ['daily', 'practice'] }
    const schema = new mongoose.Schema({
      name: text,
      kind,
      note: { type: String, default: '' },
      score: { type: Number, default: null },
    })
    const Thing = connection.model(aName(), schema)
    const { _id } = await Thing.create({ name: 'a', kind: 'daily', unknown: 1 } as never)
    expect(await Thing.findById(_id.toString()).lean()).toEqual({
      _id,
      __v: 0,
      name: 'a',
      kind: 'daily',
      note: '',
      score: null,
    })
    const failure = await failureOf(Thing.create({ name: 'a', kind: 'other' }))
    expect(failure).toMatchObject({ name: 'ValidationError', errors: { kind: { kind: 'enum' } } })
    expect((await failureOf(Thing.findById('no id'))).name).toBe('CastError')
    expect(await Thing.countDocuments()).toBe(1)
  })

  it('saves only what was changed', async () => {
    const Thing = connection.model(
      aName(),
      new mongoose.Schema({ a: Number, b: Number, list: [{ _id: false, n: Number }] }),
    )
    const { _id } = await Thing.create({ a: 1, b: 1, list: [{ n: 1 }] })
    const [one, other] = [await Thing.findById(_id).orFail(), await Thing.findById(_id).orFail()]
    one.a = 2
    other.b = 2
    one.list.push({ n: 2 })
    await Promise.all([one.save(), other.save()])
    expect(await Thing.findById(_id).lean()).toMatchObject({ a: 2, b: 2, list: [{ n: 1 }, { n: 2 }] })
  })

  it('stamps the moment of making and of changing', async () => {
    const Thing = connection.model(aName(), new mongoose.Schema({ n: Number }, { timestamps: true }))
    const made = await Thing.create({ n: 1 })
    expect(made.createdAt).toEqual(made.updatedAt)
    await Thing.updateOne({ _id: made._id }, { n: 2, updatedAt: new Date(0) }, { timestamps: false })
    await Thing.updateOne({ _id: made._id }, { n: 3 })
    const found = await Thing.findById(made._id).orFail()
    expect(found.createdAt).toEqual(made.createdAt)
    expect(found.updatedAt.getTime()).toBeGreaterThanOrEqual(made.updatedAt.getTime())
    await Thing.updateOne({ n: 9 }, { n: 9 }, { upsert: true })
    expect(await Thing.findOne({ n: 9 }).lean()).toMatchObject({
      createdAt: expect.any(Date),
      updatedAt: expect.any(Date),
    })
  })

  it('that is told to lets nobody save over another’s change', async () => {
    const Thing = connection.model(
      aName(),
      new mongoose.Schema({ n: Number }, { optimisticConcurrency: true }),
    )
    const { _id } = await Thing.create({ n: 1 })
    const [one, other] = [await Thing.findById(_id).orFail(), await Thing.findById(_id).orFail()]
    one.n = 2
    other.n = 3
    await one.save()
    expect((await failureOf(other.save())).name).toBe('VersionError')
    expect(await Thing.findById(_id).lean()).toMatchObject({ n: 2, __v: 1 })
  })

  it('removes and fills subdocuments of lists in place', async () => {
    const Thing = connection.model(
      aName(),
      new mongoose.Schema({ items: [{ q: text, at: { type: Date, default: null } }] }),
    )
    const made = await Thing.create({ items: [{ q: 'a' }, { q: 'b' }, { q: 'c' }] })
    const [a, b] = made.items
    b?.set({ at: new Date(5) })
    a?.deleteOne()
    await made.save()
    const found = await Thing.findById(made._id).lean()
    expect(found?.items.map(({ q, at }) => [q, at])).toEqual([
      ['b', new Date(5)],
      ['c', null],
    ])
  })

  it('reads the documents that others refer to', async () => {
    const Cadre = connection.model(aName(), new mongoose.Schema({ name: String }))
    const Answer = connection.model(
      aName(),
      new mongoose.Schema({ cadre: { type: Types.ObjectId, ref: Cadre } }),
    )
    const cadre = await Cadre.create({ name: '甲' })
    await Answer.create([{ cadre: cadre._id }, { cadre: cadre._id }])
    const found = await Answer.find().populate<{ cadre: { name: string } }>('cadre').lean()
    expect(found.map(answer => answer.cadre.name)).toEqual(['甲', '甲'])
  })
})

it('of those that change what they have read, only one finds it unchanged', async () => {
  const Talk = connection.model(aName(), new mongoose.Schema({ version: Number, said: [String] }))
  const { _id } = await Talk.create({ version: 1 })
  const say = (words: string) =>
    Talk.updateOne({ _id, version: 1 }, { $set: { version: 2 }, $push: { said: words } })
  const results = await Promise.all(['a', 'b', 'c'].map(say))
  expect(results.filter(({ matchedCount }) => matchedCount === 1)).toHaveLength(1)
  expect((await Talk.findById(_id).lean())?.said).toHaveLength(1)
})

it('a lease is taken by one of many, and by the next when it has run out', async () => {
  const Slot = connection.model(
    aName(),
    new mongoose.Schema({ name: text, holder: { type: String, default: null }, lease: Date }),
  )
  await Slot.updateOne(
    { name: 'job' },
    { $setOnInsert: { lease: new Date(0), holder: null } },
    { upsert: true },
  )
  const take = (holder: string, now: number) =>
    Slot.findOneAndUpdate(
      { name: 'job', lease: { $lte: new Date(now) } },
      { holder, lease: new Date(now + 10) },
      { returnDocument: 'after' },
    ).lean()
  const taken = (await Promise.all(['a', 'b', 'c'].map(holder => take(holder, 100)))).filter(
    one => one !== null,
  )
  expect(taken).toHaveLength(1)
  expect(await take('late', 109)).toBeNull()
  expect((await take('next', 110))?.holder).toBe('next')
})
