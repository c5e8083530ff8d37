import { dayOf, startOf } from '#shared/day'
import { entries } from '../../audit/service.ts'
import { readDay } from '../../policy/service.ts'
import { type Command, textOf, WrongCall } from '../command.ts'
import { wording } from './wording.ts'

const words = wording.auditLog

/** `audit log [--since DAY]`: who granted, published, closed, suspended what, and which words were met where. */
export const auditLog: Command = {
  usage: 'audit log [--since DAY]',
  summary: words.summary,
  options: { since: { type: 'string' } },
  words: [0, 0],
  database: () => true,
  run: async ({ options, now, terminal }) => {
    const since = textOf(options.since)
    const day = since === undefined ? dayOf(now) : readDay(since)
    if (day === null) throw new WrongCall(words.wrongDay(since ?? ''))
    let count = 0
    for (let page = await entries(startOf(day)); page.length > 0;) {
      for (const { at, actor, action, subject, detail } of page)
        terminal.line(words.entry(at, actor, action, subject, detail))
      count += page.length
      const last = page.at(-1)
      page = last ? await entries(startOf(day), last) : []
    }
    if (count === 0) terminal.line(words.empty(day))
    return true
  },
}
