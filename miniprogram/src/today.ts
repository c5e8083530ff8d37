import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import { wordsOf } from './failure.ts'
import { call } from './send.ts'
import { whenSignedOut } from './session.ts'
import { keepCached, read } from './storage.ts'
import { createStore, useStore } from './store.ts'
import { today } from './when.ts'

/** The day's lesson, paper, week and points. */
export type Plan = Reply<Api['GET /today']>

interface TodayView {
  plan: Plan | null
  failure: string
}

const KEY = 'plan'

const view = createStore<TodayView>({ plan: null, failure: '' })
whenSignedOut(() => view.set({ plan: null, failure: '' }))

/** Asks for the plan of the day; without network the one kept this morning still stands. */
export async function refreshToday(): Promise<void> {
  try {
    const plan = await call('GET /today')
    keepCached(KEY, plan)
    view.set({ plan, failure: '' })
  } catch (failure) {
    const kept = read<Plan | null>(KEY, null)
    const plan = view.get().plan ?? (kept?.day === today() ? kept : null)
    view.set({ plan, failure: plan ? '' : wordsOf(failure) })
  }
}

/** The plan of the day wherever it is shown. */
export const useToday = (): TodayView => useStore(view)
