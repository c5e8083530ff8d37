import { AppError } from '../base/errors.ts'
import { isDuplicate } from '../base/mongo.ts'
import { SessionWindow } from './model.ts'
import type { SessionWindow as Window } from './session/window.ts'

/** Times a change is tried while other processes change the same window. */
const TRIES = 20

interface Known {
  version: number
  window: Window
}

const untouched: Window = { wroteAt: 0, enteredAt: 0, sends: [] }

/** What is known of a person's session. */
export const windowOf = async (openid: string): Promise<Window> => (await read(openid)).window

/** Changes a person's window; false, and nothing changed, when `change` gives none. Processes count as one. */
export async function changeWindow(
  openid: string,
  change: (window: Window) => Window | undefined,
  now: Date,
): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const known = await read(openid)
    const window = change(known.window)
    if (!window) return false
    if (await write(openid, { version: known.version, window }, now)) return true
  }
  throw new AppError('server.busy', 'a session window')
}

/** Forgets a person's window; the next thing the person does opens another. */
export async function forgetWindow(openid: string): Promise<void> {
  await SessionWindow.deleteOne({ _id: openid })
}

async function read(openid: string): Promise<Known> {
  const found = await SessionWindow.findById(openid).lean()
  if (!found) return { version: 0, window: untouched }
  const { version, wroteAt, enteredAt, sends } = found
  return { version, window: { wroteAt, enteredAt, sends: sends.map(({ key, at }) => ({ key, at })) } }
}

/** False when somebody else was first. */
async function write(openid: string, { version, window }: Known, now: Date): Promise<boolean> {
  const after = { ...window, version: version + 1, touchedAt: now }
  if (version > 0) {
    const { matchedCount } = await SessionWindow.updateOne({ _id: openid, version }, { $set: after })
    return matchedCount === 1
  }
  try {
    await SessionWindow.create({ _id: openid, ...after })
    return true
  } catch (error) {
    if (isDuplicate(error, ['_id'])) return false
    throw error
  }
}
