import { addDays, dayOf } from '#shared/day'
import { countyUsage } from '../policy/service.ts'
import { type Command, textOf, WrongCall } from './command.ts'
import { wording } from './wording.ts'

const DAYS = 30

/** `show usage [--days N]`: what the language model was used for, day by day, and what it cost. */
export const showUsage: Command = {
  usage: 'show usage [--days N]',
  summary: wording.showUsage.summary,
  options: { days: { type: 'string' } },
  words: [0, 0],
  database: () => true,
  run: async ({ options, now, terminal }) => {
    const days = textOf(options.days) ?? String(DAYS)
    if (!/^[1-9]\d{0,3}$/.test(days)) throw new WrongCall(wording.showUsage.wrongDays)
    const used = await countyUsage(addDays(dayOf(now), 1 - Number(days)))
    for (const day of used) terminal.line(wording.showUsage.day(day))
    terminal.line(used.length === 0 ? wording.showUsage.none : wording.showUsage.sum(used))
    return true
  },
}
