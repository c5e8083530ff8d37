import type { ChatAction } from '#shared/chat'
import { ApiError } from './failure.ts'
import { randomId } from './random-id.ts'
import { call } from './send.ts'
import { whenSignedOut } from './session.ts'
import { forget, keep, read } from './storage.ts'
import { createStore } from './store.ts'
import { streamed } from './stream.ts'
import type { SpokenEvent } from './stream.ts'

/** What can be done without network and is judged later. */
export type Answering = Extract<ChatAction, { type: 'answer' | 'dont-know' }>

/** Something waiting for the network: an answer, or a section of a lesson that was reached. */
export type Waiting =
  { id: string; action: Answering } | { id: string; reach: { lesson: string; section: number } }

const KEY = 'outbox'

/** In the order it was done. Survives a restart of the app. */
export const outbox = createStore<Waiting[]>(read<Waiting[]>(KEY, []))
/** The device takes nothing more: what is waiting is lost when the app is closed. */
export const unkept = createStore(false)
whenSignedOut(() => {
  outbox.set([])
  unkept.set(false)
  forget(KEY)
})

function change(waiting: Waiting[]): void {
  outbox.set(waiting)
  unkept.set(!keep(KEY, waiting) && waiting.length > 0)
}

/** Keeps an answer. The same question and round is kept once; the first answer counts. */
export function keepAnswer(action: Answering): void {
  if (!keptAnswer(action, outbox.get())) change([...outbox.get(), { id: randomId(), action }])
}

/** Keeps the section that was reached. */
export function keepReach(lesson: string, section: number): void {
  change([...outbox.get(), { id: randomId(), reach: { lesson, section } }])
}

/** The answer waiting for this question and round, if there is one. */
export function keptAnswer(
  { paper, question, round }: { paper: string; question: string; round: number },
  waiting: Waiting[],
): Answering | undefined {
  for (const item of waiting) {
    if (!('action' in item)) continue
    const { action } = item
    if (action.paper === paper && action.question === question && action.round === round) return action
  }
  return undefined
}

let flushing: Promise<void> | undefined

/** Sends what is waiting, in order, each with the id it got when it was done, so that nothing counts twice. */
export function flushOutbox(
  onEvent: (event: SpokenEvent) => void,
  onRefused: (text: string) => void,
): Promise<void> {
  flushing ??= flush(onEvent, onRefused).finally(() => {
    flushing = undefined
  })
  return flushing
}

async function flush(
  onEvent: (event: SpokenEvent) => void,
  onRefused: (text: string) => void,
): Promise<void> {
  for (;;) {
    const [first] = outbox.get()
    if (!first) return
    try {
      await deliver(first, onEvent)
    } catch (failure) {
      // Refused for good (answered on another device, paper of another day): it must not block the rest.
      const final =
        failure instanceof ApiError && failure.status < 500 && ![401, 429].includes(failure.status)
      if (!final) return
      onRefused(failure.message)
    }
    change(outbox.get().filter(item => item.id !== first.id))
  }
}

async function deliver(item: Waiting, onEvent: (event: SpokenEvent) => void): Promise<void> {
  if ('reach' in item) {
    const { lesson, section } = item.reach
    await call('POST /lessons/:id/reach', { params: { id: lesson }, body: { section } })
    return
  }
  await streamed('POST /chat/messages', { body: { id: item.id, action: item.action } }, onEvent)
}
