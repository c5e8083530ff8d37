import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import packageJson from '../../../package.json'
import { findRunning } from '../../embedded/lock.ts'
import { type Call, type Command, textOf, WrongCall } from '../command.ts'
import { openAsServer } from '../connect.ts'
import { writeArchive } from './archive.ts'
import { checkArchive, type Contents } from './check.ts'
import { interruptible } from './interruptible.ts'
import { openPlace, type Place } from './place.ts'
import { dump, tallyOf } from './source.ts'
import { isEmpty, load } from './target.ts'
import { wording } from './wording.ts'

const words = wording.move

/** `move --to URI`: by way of an archive, so that the source is read at one moment and the target may take its time. */
export const move: Command = {
  usage: 'move --to URI [--from URI]',
  summary: words.summary,
  options: { to: { type: 'string' }, from: { type: 'string' } },
  words: [0, 0],
  database: () => false,
  run: async call => {
    const to = textOf(call.options.to)
    if (!to) throw new WrongCall(words.toMissing)
    const target = await openPlace(to)
    try {
      if (!(await isEmpty(target))) throw new WrongCall(words.notEmpty)
      const changed = await moveTo(target, call)
      if (changed.length > 0) call.terminal.line(words.changed(changed.join('、')))
      else tellNext(to, target, call)
      return changed.length === 0
    } finally {
      await target.close()
    }
  },
}

/** Copies everything; answers the collections in which the source has changed meanwhile. */
async function moveTo(target: Place, call: Call): Promise<string[]> {
  const from = await openSource(call)
  const folder = await mkdtemp(join(tmpdir(), 'rizhi-move-'))
  try {
    const source = await openPlace(from.uri)
    return await copy(source, target, join(folder, 'archive'), call).finally(source.close)
  } finally {
    await rm(folder, { recursive: true, force: true })
    await from.end()
  }
}

/** The database in use, which nobody may be writing to where that can be known; or the one named. */
async function openSource({ options, env }: Call): Promise<{ uri: string; end(): Promise<void> }> {
  const from = textOf(options.from)
  if (from !== undefined) return { uri: from, end: async () => {} }
  const settings = env()
  if (!settings.mongodbUri && (await findRunning(settings.dataDir))) throw new WrongCall(words.running)
  return openAsServer(settings)
}

async function copy(source: Place, target: Place, file: string, call: Call): Promise<string[]> {
  const { now, terminal } = call
  if (await isEmpty(source)) throw new WrongCall(words.empty)
  return interruptible(terminal, async onProgress => {
    terminal.line(wording.stage.read)
    await writeArchive(file, dump(source, { product: packageJson.version, now, onProgress }))
    const contents = await checkArchive(file, onProgress)
    terminal.line(wording.stage.write)
    await load({ file, contents, place: target, onProgress })
    terminal.line(wording.stage.again)
    const changed = await changedSince(source, contents, onProgress)
    if (changed.length === 0) terminal.line(words.done(contents.collections.length, contents.documents))
    return changed
  })
}

async function changedSince(
  source: Place,
  { collections, documents }: Contents,
  onProgress: (done: number, of: number) => void,
): Promise<string[]> {
  const changed: string[] = []
  let before = 0
  for (const { name, count, checksum } of collections) {
    const now = await tallyOf(source, name, done => onProgress(before + done, documents))
    if (now.count !== count || now.checksum !== checksum) changed.push(name)
    before += count
  }
  return changed
}

function tellNext(to: string, target: Place, { terminal }: Call): void {
  const shown = to.replace(/(\/\/[^:@/]*:)[^@/]*@/, `$1${words.password}@`)
  terminal.line(words.next)
  for (const line of target.embedded ? words.toEmbedded : words.toMongo(shown)) terminal.line(line)
}
