import { describe, expect, it } from '@jest/globals'
import { seeded } from './random.ts'
import { scaled } from './scale.ts'
import { engineInMemory, messageOf, sendRaw } from './support.ts'
import { compressed, crc32c, withChecksum, withSection } from './wire-frames.ts'

const world = engineInMemory()
const ping = messageOf({ ping: 1, $db: 'test' })
const send = (bytes: Uint8Array) => sendRaw(world.engine.port, bytes)

it('the checksum is that of the standard', () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283)
})

describe('a message with a checksum', () => {
  it('that is right is answered', async () => {
    expect(await send(withChecksum(ping))).toMatchObject({ ok: 1 })
    const insert = withSection({ insert: 'sums', $db: 'test' }, 'documents', [Buffer.from([5, 0, 0, 0, 0])])
    expect(await send(withChecksum(insert))).toMatchObject({ ok: 1, n: 1 })
  })

  it('that is wrong closes its connection and does nothing', async () => {
    const insert = withChecksum(messageOf({ insert: 'wrong', documents: [{}], $db: 'test' }), 1)
    expect(await send(insert)).toBeUndefined()
    expect(await world.db.collection('wrong').countDocuments()).toBe(0)
    expect(await send(ping)).toMatchObject({ ok: 1 })
  })

  seeded('and any bit of it turned closes its connection', async random => {
    const whole = withChecksum(messageOf({ insert: 'turned', documents: [{ text: '日知' }], $db: 'test' }))
    for (let i = 0; i < scaled(50, 2000); i++) {
      const turned = Buffer.from(whole)
      // Neither the length nor the flags: these decide whether there is a checksum at all.
      const place = random.pick([random.between(4, 15), random.between(20, whole.length - 1)])
      turned[place] = (turned[place] as number) ^ (1 << random.below(8))
      expect({ place, reply: await send(turned) }).toEqual({ place, reply: undefined })
    }
    expect(await world.db.collection('turned').countDocuments()).toBe(0)
  })
})

it.each([0, 1, 2, 3, 4])(
  'a message packed by compressor %s, which was not agreed on, closes its connection',
  async compressor => {
    expect(await send(compressed(ping, compressor))).toBeUndefined()
    expect(await send(ping)).toMatchObject({ ok: 1 })
  },
)
