import { cadresNamed, grantRole, grants, revokeRole } from '../../account/grant-service.ts'
import { record } from '../../audit/service.ts'
import { type Command, WrongCall } from '../command.ts'
import { roleWords } from './vocabulary.ts'
import { wording } from './wording.ts'

const words = wording.grants

/** `grant NAME ROLE` */
export const grantOne = command('grant', async (cadreId, role, now) => {
  const changed = await grantRole({ cadreId, role, by: 'cli', now })
  return changed ? words.granted : words.had
})

/** `revoke NAME ROLE` */
export const revokeOne = command('revoke', async (cadreId, role) => {
  const changed = await revokeRole({ cadreId, role })
  return changed ? words.revoked : words.hadNot
})

type Role = (typeof roleWords)[string]

function command(
  name: 'grant' | 'revoke',
  act: (cadreId: string, role: Role, now: Date) => Promise<(who: string, role: string) => string>,
): Command {
  return {
    usage: `${name} NAME ROLE`,
    summary: words.summary[name],
    options: {},
    words: [2, 2],
    database: () => true,
    run: async ({ words: [who = '', told = ''], now, terminal }) => {
      const role = roleWords[told.toLowerCase()]
      if (role === undefined) throw new WrongCall(words.unknownRole(told))
      const cadreId = await cadreCalled(who)
      const tell = await act(cadreId, role, now)
      if (tell === words.granted || tell === words.revoked)
        await record({ at: now, actor: 'cli', action: name, subject: cadreId, detail: { role } })
      terminal.line(tell(who, words.names[role]))
      return true
    },
  }
}

/** The one cadre somebody means by a name. Throws a `WrongCall` that says what to do otherwise. */
export async function cadreCalled(name: string): Promise<string> {
  const [found, ...others] = await cadresNamed(name)
  if (found === undefined) throw new WrongCall(words.unknownCadre(name))
  if (others.length > 0) throw new WrongCall(words.ambiguous(name, [found, ...others]))
  if (!found.sure) throw new WrongCall(words.selfChosen(found))
  return found.id
}

/** `grants`: who holds which roles. */
export const listGrants: Command = {
  usage: 'grants',
  summary: words.summary.list,
  options: {},
  words: [0, 0],
  database: () => true,
  run: async ({ terminal }) => {
    const all = await grants()
    for (const { cadreId, name, role, at } of all)
      terminal.line(words.line(cadreId, name, words.names[role], at))
    if (all.length === 0) terminal.line(words.none)
    return true
  },
}
