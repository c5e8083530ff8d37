import { dayOf } from '#shared/day'
import { AppError } from '../base/errors.ts'
import { dropAlarm } from '../policy/service.ts'
import { setStatus } from '../question/service.ts'
import { type Command, WrongCall } from './command.ts'
import { wording } from './wording.ts'

/** `retire QUESTION_ID`: what is wrong beyond a correction comes into no later paper. */
export const retireQuestion = command('retire', 'retired')

/** `publish QUESTION_ID`: the way back. */
export const publishQuestion = command('publish', 'published')

function command(name: 'retire' | 'publish', status: 'retired' | 'published'): Command {
  return {
    usage: `${name} QUESTION_ID`,
    summary: wording[name].summary,
    options: {},
    words: [1, 1],
    database: () => true,
    run: async ({ words: [id = ''], now, terminal }) => {
      if (!/^[0-9a-f]{24}$/.test(id)) throw new WrongCall(wording.noQuestion(id))
      await setStatus(id, status, dayOf(now)).catch((error: unknown) => {
        throw error instanceof AppError ? new WrongCall(wording.noQuestion(id)) : error
      })
      await dropAlarm({ subject: 'question', ref: id }, now)
      terminal.line(wording[name].done)
      return true
    },
  }
}
