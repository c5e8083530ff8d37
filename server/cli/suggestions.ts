import { answerSuggestion, openSuggestions } from '../account/service.ts'
import { AppError } from '../base/errors.ts'
import { type Command, WrongCall } from './command.ts'
import { wording } from './wording.ts'

/** `suggestions`: complaints and suggestions that wait for a reply, due first. */
export const listSuggestions: Command = {
  usage: 'suggestions',
  summary: wording.suggestions.summary,
  options: {},
  words: [0, 0],
  database: () => true,
  run: async ({ terminal }) => {
    const open = await openSuggestions()
    for (const { id, replyBy, text } of open) terminal.line(wording.suggestions.line(id, replyBy, text))
    if (open.length === 0) terminal.line(wording.suggestions.none)
    return true
  },
}

/** `answer-suggestion ID TEXT` */
export const answerOneSuggestion: Command = {
  usage: 'answer-suggestion ID TEXT',
  summary: wording.answerSuggestion.summary,
  options: {},
  words: [2, 2],
  database: () => true,
  run: async ({ words: [id = '', reply = ''], terminal }) => {
    await answer(id, reply)
    terminal.line(wording.answerSuggestion.done)
    return true
  },
}

async function answer(id: string, reply: string): Promise<void> {
  if (!/^[0-9a-f]{24}$/.test(id) || reply.trim() === '') throw new WrongCall(wording.noSuggestion(id))
  await answerSuggestion(id, reply.trim()).catch((error: unknown) => {
    throw error instanceof AppError ? new WrongCall(wording.noSuggestion(id)) : error
  })
}
