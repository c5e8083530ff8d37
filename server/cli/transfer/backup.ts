import { stat } from 'node:fs/promises'
import packageJson from '../../../package.json'
import { type Call, type Command, WrongCall } from '../command.ts'
import { openAsServer } from '../connect.ts'
import { refuseExisting, writeArchive } from './archive.ts'
import { interruptible } from './interruptible.ts'
import { openPlace, type Place } from './place.ts'
import { describe, dump } from './source.ts'
import { isEmpty } from './target.ts'
import { wording } from './wording.ts'

const { summary, done, personal, empty } = wording.backup

/** `backup FILE` */
export const backup: Command = {
  usage: 'backup FILE',
  summary,
  options: {},
  words: [1, 1],
  database: () => false,
  run: async call => {
    const [file = ''] = call.words
    await refuseExisting(file)
    const server = await openAsServer(call.env())
    try {
      const place = await openPlace(server.uri)
      await write(file, place, call).finally(place.close)
    } finally {
      await server.end()
    }
    return true
  },
}

async function write(file: string, place: Place, { now, terminal }: Call): Promise<void> {
  if (await isEmpty(place)) throw new WrongCall(empty)
  const product = packageJson.version
  let documents = 0
  terminal.line(wording.stage.read)
  await interruptible(terminal, onProgress =>
    writeArchive(
      file,
      dump(place, {
        product,
        now,
        onProgress: (count, of) => onProgress((documents = count), of),
      }),
    ),
  )
  const { size } = await stat(file)
  const { length } = await describe(place)
  terminal.line(done(file, length, documents, (size / 1024 / 1024).toFixed(1)))
  terminal.line(personal)
}
