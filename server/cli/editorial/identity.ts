import { moveIdentity } from '../../account/identity-service.ts'
import { record } from '../../audit/service.ts'
import { type Command, textOf, WrongCall } from '../command.ts'
import { cadreCalled } from './grants.ts'
import { wayWords } from './vocabulary.ts'
import { wording } from './wording.ts'

const words = wording.identity

/** `identity NAME WAY --to NAME`: for one person with two accounts, or one whose account has changed hands. */
export const moveOneIdentity: Command = {
  usage: 'identity NAME WAY [--to NAME]',
  summary: words.summary,
  options: { to: { type: 'string' } },
  words: [2, 2],
  database: () => true,
  run: async ({ words: [who = '', told = ''], options, now, terminal }) => {
    const way = wayWords[told.toLowerCase()]
    if (way === undefined) throw new WrongCall(words.unknownWay(told))
    const whom = textOf(options.to)
    const from = await cadreCalled(who)
    const to = whom === undefined ? null : await cadreCalled(whom)
    const detail = { way, ...(to !== null && { to }) }
    const entry = { at: now, actor: 'cli', action: 'identity', subject: from, detail } as const
    const ended = await moveIdentity({ from, way, to, now }, session => record(entry, session))
    const said = { who, whom: whom ?? '', way: words.names[way] }
    terminal.line(words[ended](said))
    return ended === 'moved'
  },
}
