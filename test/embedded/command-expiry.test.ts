import { expect, it } from '@jest/globals'
import { engineInMemory } from './support.ts'

const world = engineInMemory({ expiryInterval: 50 })

it('a TTL index removes documents whose time is over', async () => {
  const sessions = world.db.collection('sessions')
  await sessions.createIndex({ until: 1 }, { expireAfterSeconds: 0 })
  await sessions.insertMany([
    { until: new Date(Date.now() - 1000) },
    { until: new Date(Date.now() + 60_000) },
    { until: 'never' },
  ])
  const others = world.db.collection('others')
  const partialFilterExpression = { until: { $gt: new Date(1000) } }
  await others.createIndex({ until: 1 }, { expireAfterSeconds: 0, partialFilterExpression })
  await others.insertMany([{ until: new Date(500) }, { until: new Date(2000) }])
  while ((await sessions.countDocuments()) > 2) await new Promise(resolve => setTimeout(resolve, 20))
  expect(await sessions.countDocuments()).toBe(2)
  while ((await others.countDocuments()) > 1) await new Promise(resolve => setTimeout(resolve, 20))
  expect((await others.findOne())?.until).toEqual(new Date(500))
})
