import type { Api } from '#shared/api'
import type { Input, Reply } from '#shared/endpoint'
import { wordsOf } from './failure.ts'
import { inTurn } from './in-turn.ts'
import { call } from './send.ts'
import { whenSignedOut } from './session.ts'
import { keepCached, read } from './storage.ts'
import { createStore, useStore } from './store.ts'

/** What a cadre is reminded of, when, and how it comes. */
export type Reminders = Reply<Api['GET /reminders']>
type Settings = Input<Api['PUT /reminders']>['body']

interface RemindersView {
  reminders: Reminders | null
  /** Why they could not be loaded. */
  failure: string
  /** Why the last change does not hold. */
  trouble: string
}

const KEY = 'reminders'
const kept = read<Reminders | null>(KEY, null)
const nothing: RemindersView = { reminders: null, failure: '', trouble: '' }

const view = createStore<RemindersView>({ ...nothing, reminders: kept })
const changes = inTurn<Reminders>((reminders, failure) => {
  if (reminders) keepCached(KEY, reminders)
  view.set({ reminders, failure: '', trouble: failure === null ? '' : wordsOf(failure) })
}, kept)
whenSignedOut(changes.clear)

/** Asks for them; what was known last still stands without network. */
export async function refreshReminders(): Promise<void> {
  const take = changes.asking()
  try {
    take(await call('GET /reminders'))
  } catch (why) {
    const { reminders, trouble } = view.get()
    view.set({ reminders, trouble, failure: reminders ? '' : wordsOf(why) })
  }
}

/** Changes some of the settings, shown at once and saved in the order they were made. */
export const changeReminders = (change: (reminders: Reminders) => Partial<Settings>): void =>
  changes.add({
    made: reminders => ({ ...reminders, ...change(reminders) }),
    send: made => call('PUT /reminders', { body: settingsOf(made) }),
  })

/** No reminders for so many days, beginning today; 0 ends a pause. `until` is the first day after it. */
export const pauseReminders = (days: number, until: string | null): void =>
  changes.add({
    made: reminders => ({ ...reminders, pausedUntil: until }),
    send: () => call('POST /reminders/pause', { body: { days } }),
  })

/** Tells the server what WeChat answered, and takes what is left now; the platform tells it too. */
export async function reportPermission(askedAt: string, results: Record<string, string>): Promise<void> {
  const take = changes.asking()
  const reply = await call('POST /reminders/accepted', { body: { askedAt, results } }).catch(() => null)
  if (reply) take(reply)
}

const settingsOf = ({ on, kinds, times, days, holidays, learning }: Reminders): Settings => ({
  ...{ on, kinds, times, days, holidays, learning },
})

/** The reminders wherever they are shown. */
export const useReminders = (): RemindersView => useStore(view)
