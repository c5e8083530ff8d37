import { toNumber } from '../value/number.ts'
import type { Server } from './call.ts'
import { removeAll } from './write.ts'

/** Deletes the documents whose TTL indexes say that their time is over. */
export async function removeExpired({ store }: Server, now: number): Promise<void> {
  for (const collection of [...store.collections.values()])
    for (const { spec, fields } of [...collection.indexes.values()]) {
      const [field, ...more] = fields
      if (spec.expireAfterSeconds === undefined || !field || more.length) continue
      const before = new Date(now - toNumber(spec.expireAfterSeconds) * 1000)
      const filter = { $and: [{ [field.path]: { $lt: before } }, spec.partialFilterExpression ?? {}] }
      await removeAll(collection, { filter }, {})
    }
}
