import { expect } from '@jest/globals'
import { createConnection } from 'node:net'
import { MongoClient } from 'mongodb'
import { startProcess } from './engine-process.ts'
import { seeded } from './random.ts'
import { scaled, tell } from './scale.ts'
import { randomFrame } from './wire-frames.ts'

/** How long a connection that is neither answered nor closed, for want of bytes, is kept; the first ones on any machine. */
const PATIENCE = 15
const LONG_PATIENCE = 1_000

/** Sends bytes and waits until they are answered, refused or left waiting for more. */
const send = (port: number, bytes: Uint8Array, patience: number) =>
  new Promise<'answered' | 'refused' | 'waiting'>(resolve => {
    const socket = createConnection({ port, host: '127.0.0.1' }, () => socket.write(bytes))
    const end = (how: 'answered' | 'refused' | 'waiting') => {
      clearTimeout(timer)
      // A reset leaves no port behind that is closing for a minute.
      socket.resetAndDestroy()
      resolve(how)
    }
    const timer = setTimeout(end, patience, 'waiting')
    socket.once('data', () => end('answered'))
    socket.on('error', () => end('refused')).once('close', () => end('refused'))
  })

seeded(
  'whatever bytes arrive, the engine ends that connection at most and answers all others',
  async random => {
    const engine = await startProcess({ directory: null })
    const other = new MongoClient(engine.uri, { serverSelectionTimeoutMS: 5000 })
    const docs = other.db('others').collection<{ _id: number; n: number }>('docs')
    await docs.insertOne({ _id: 1, n: 0 })
    const [batches, each] = [scaled(15, 1000), 100]
    const counts = { answered: 0, refused: 0, waiting: 0 }
    for (let batch = 1; batch <= batches; batch++) {
      const frames = Array.from({ length: each }, () => randomFrame(random))
      const fates = Promise.all(
        frames.map(frame => send(engine.port, frame, batch === 1 ? LONG_PATIENCE : PATIENCE)),
      )
      expect(await docs.findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } })).toMatchObject({ n: batch - 1 })
      for (const fate of await fates) counts[fate]++
      expect(await docs.findOne({ _id: 1 })).toEqual({ _id: 1, n: batch })
    }
    expect(Math.min(counts.answered, counts.refused)).toBeGreaterThan(0)
    tell(`${batches * each} frames: ${JSON.stringify(counts)}`)
    await other.close()
    await engine.kill()
  },
)
