import { dayOf, type Day } from '#shared/day'
import {
  articlesLabelled,
  citedArticles,
  endingOfName,
  labelsIn,
  lookUp,
  readDay,
  type KnownDocument,
} from '../policy/service.ts'
import { type Command, textOf, WrongCall } from './command.ts'
import type { Terminal } from './terminal.ts'
import { wording } from './wording.ts'

/** `show policy NAME [ARTICLE]`: the versions of a document as they stand on a day, and one of its articles. */
export const showPolicy: Command = {
  usage: 'show policy NAME [ARTICLE] [--on DAY]',
  summary: wording.showPolicy.summary,
  options: { on: { type: 'string' } },
  words: [1, 2],
  database: () => true,
  run: async ({ words: [name = '', article], options, now, terminal }) => {
    const day = dayFrom(textOf(options.on), dayOf(now))
    const documents = await lookUp(name, day)
    if (documents.length === 0) return tellAbsent(name, day, terminal)
    for (const document of documents) {
      tellDocument(document, terminal)
      if (article !== undefined) await tellArticle(document, article, day, terminal)
    }
    return true
  },
}

function dayFrom(text: string | undefined, today: Day): Day {
  if (text === undefined) return today
  const day = readDay(text)
  if (day === null) throw new WrongCall(wording.showPolicy.wrongDay(text))
  return day
}

async function tellAbsent(name: string, day: Day, terminal: Terminal): Promise<boolean> {
  const ending = await endingOfName(name, day)
  terminal.line(
    ending === null
      ? wording.showPolicy.absent(name)
      : wording.showPolicy.ended(name, ending.successor, ending.source),
  )
  return false
}

function tellDocument(
  { title, collectedOn, versions, level, region }: KnownDocument,
  terminal: Terminal,
): void {
  terminal.line(wording.showPolicy.document(title, level, region, collectedOn))
  for (const version of versions) terminal.line(wording.showPolicy.version(version))
}

async function tellArticle(
  { versions }: KnownDocument,
  article: string,
  day: Day,
  terminal: Terminal,
): Promise<void> {
  const applies = versions.find(({ standing }) => standing === 'in-force')
  const stored = versions.filter(version => version.versions.length > 0)
  const shown = applies && applies.versions.length > 0 ? applies : stored.at(-1)
  const [label = article] = labelsIn(article)
  const ids = shown === undefined ? [] : await articlesLabelled(shown.versions, label)
  const [found] = await citedArticles(ids, day)
  if (found === undefined) {
    terminal.line(wording.showPolicy.noArticle(label))
    return
  }
  terminal.line('')
  if (shown !== applies) terminal.line(wording.showPolicy.oldWords(found.day))
  terminal.line([...found.path, found.label].join(' '))
  terminal.line(found.text)
}
