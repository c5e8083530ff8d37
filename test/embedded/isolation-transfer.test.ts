import { expect } from '@jest/globals'
import type { ClientSession } from 'mongodb'
import { Random, seeded } from './random.ts'
import { scaled, tell } from './scale.ts'
import { engineInMemory } from './support.ts'

const world = engineInMemory()

interface Account {
  _id: number
  balance: number
  bank: string
}

const [clients, accounts, initial] = [32, 20, 100]
const total = accounts * initial
const sum = (all: { balance: number }[]) => all.reduce((found, { balance }) => found + balance, 0)
const bank = () => world.db.collection<Account>('accounts')

/** Sums all accounts in one snapshot by three ways: the documents, an index and a group. */
async function totals(session: ClientSession): Promise<number[]> {
  const all = await bank().find({}, { session }).toArray()
  const byIndex = await bank()
    .find({ balance: { $gte: -1e9 } }, { session, hint: { balance: 1 } })
    .toArray()
  const [group] = await bank()
    .aggregate<{ balance: number }>([{ $group: { _id: 1, balance: { $sum: '$balance' } } }], { session })
    .toArray()
  return [sum(all), sum(byIndex), group?.balance ?? NaN]
}

/** Moves money once; now and then it changes its mind in the midst. */
async function transfer(random: Random): Promise<boolean> {
  const [from, amount] = [random.below(accounts), 1 + random.below(30)]
  const to = (from + 1 + random.below(accounts - 1)) % accounts
  const regrets = random.below(10) === 0
  return world.client.withSession(session =>
    session.withTransaction(async () => {
      const payer = await bank().findOne({ _id: from }, { session })
      if (!payer || payer.balance < amount) return false
      await bank().updateOne({ _id: from }, { $set: { balance: payer.balance - amount } }, { session })
      if (regrets) {
        await session.abortTransaction()
        return false
      }
      await bank().findOneAndUpdate({ _id: to }, { $inc: { balance: amount } }, { session })
      return true
    }),
  )
}

/** Looks again and again, in one snapshot at a time, until the others are done. */
async function audit(isOver: () => boolean): Promise<number> {
  let audits = 0
  for (; !isOver() || audits < 2; audits++)
    await world.client.withSession(async session => {
      session.startTransaction()
      expect(await totals(session)).toEqual([total, total, total])
      expect(await totals(session)).toEqual([total, total, total])
      await session.commitTransaction()
    })
  return audits
}

seeded(
  'money moved by 32 clients balances in every snapshot and at the end, and no account is overdrawn',
  async random => {
    await bank().createIndex({ balance: 1 })
    await bank().createIndex({ bank: 1, balance: -1 })
    await bank().insertMany(
      Array.from({ length: accounts }, (_, _id) => ({ _id, balance: initial, bank: `b${_id % 3}` })),
    )
    const each = scaled(15, 600)
    let [over, moved] = [false, 0]
    const auditors = Array.from({ length: 4 }, () => audit(() => over))
    await Promise.all(
      Array.from({ length: clients }, async (_, client) => {
        const own = new Random(random.below(2 ** 31) + client)
        for (let i = 0; i < each; i++) if (await transfer(own)) moved++
      }),
    ).finally(() => (over = true))
    const audits = (await Promise.all(auditors)).reduce((all, one) => all + one, 0)
    const end = await bank().find().toArray()
    expect(sum(end)).toBe(total)
    expect(end.filter(account => account.balance < 0)).toEqual([])
    expect(moved).toBeGreaterThan((clients * each) / 4)
    tell(`${clients * each} transfers, ${moved} of them moved money; ${audits} audits in snapshots`)
  },
)
