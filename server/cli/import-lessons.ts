import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { importLessons } from '../course/service.ts'
import { wireNews } from '../news.ts'
import { type Command, WrongCall } from './command.ts'
import { wording } from './wording.ts'

/** The lesson files of a folder with their texts, in order. */
export async function lessonFilesIn(folder: string): Promise<{ name: string; text: string }[]> {
  const isFolder = await stat(folder).then(
    entry => entry.isDirectory(),
    () => false,
  )
  if (!isFolder) throw new WrongCall(wording.noFolder(folder))
  const names = (await readdir(folder)).filter(name => /\.(md|markdown)$/i.test(name)).sort()
  if (names.length === 0) throw new WrongCall(wording.noLessons(folder))
  return Promise.all(names.map(async name => ({ name, text: await readFile(join(folder, name), 'utf8') })))
}

/** `import lessons DIR` */
export const importLessonFolder: Command = {
  usage: 'import lessons DIR',
  summary: wording.importLessons.summary,
  options: {},
  words: [1, 1],
  database: () => true,
  run: async ({ words: [folder = ''], now, terminal }) => {
    const files = await lessonFilesIn(folder)
    // A lesson may come with a corrected key: its answers are marked again.
    wireNews(() => now)
    const { added, changed, unchanged, rejected } = await importLessons({ files, now })
    for (const { file, line, reason } of rejected) terminal.line(`${wording.place(file, line)}：${reason}`)
    terminal.line(
      wording.importLessons.counts(added.length, changed.length, unchanged.length, rejected.length),
    )
    return rejected.length === 0
  },
}
