import { connect, disconnect } from '../../base/database.ts'
import { type Call, type Command, WrongCall } from '../command.ts'
import { openAsServer } from '../connect.ts'
import { checkArchive, type Contents } from './check.ts'
import { interruptible } from './interruptible.ts'
import { openPlace, type Place } from './place.ts'
import { isEmpty, load } from './target.ts'
import { wording } from './wording.ts'

const { summary, notEmpty, done, sessions } = wording.restore

/** `restore FILE` */
export const restore: Command = {
  usage: 'restore FILE [--replace]',
  summary,
  options: { replace: { type: 'boolean' } },
  words: [1, 1],
  database: () => false,
  run: async call => {
    const { terminal, env } = call
    const [file = ''] = call.words
    terminal.line(wording.stage.check)
    const contents = await interruptible(terminal, onProgress => checkArchive(file, onProgress))
    const server = await openAsServer(env())
    try {
      const place = await openPlace(server.uri)
      await replace(place, contents, call).finally(place.close)
      // Indexes that this version wants and the one that wrote the backup did not know.
      await connect(server.uri)
      await disconnect()
    } finally {
      await server.end()
    }
    const { header, collections, documents } = contents
    const at = header.at.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai' })
    terminal.line(done(collections.length, documents, at))
    terminal.line(sessions)
    return true
  },
}

async function replace(place: Place, contents: Contents, { words, options, terminal }: Call): Promise<void> {
  const [file = ''] = words
  if (options.replace !== true && !(await isEmpty(place))) throw new WrongCall(notEmpty)
  terminal.line(wording.stage.write)
  await interruptible(terminal, onProgress => load({ file, contents, place, onProgress }))
}
