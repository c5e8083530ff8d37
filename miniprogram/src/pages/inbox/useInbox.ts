import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import { usePaged } from '../../paged.ts'
import type { Paged } from '../../paged.ts'
import { call } from '../../send.ts'

/** Something one was reminded of. */
export type Reminder = Reply<Api['GET /inbox']>['reminders'][number]

/** What one was reminded of, the newest first. */
export interface Inbox extends Paged<Reminder> {
  /** Marks one as read, here at once and on the server. */
  read(id: string): void
}

/** Loads the inbox. */
export function useInbox(): Inbox {
  const paged = usePaged('inbox/reminders', (read, before) =>
    read('GET /inbox', { query: { before } }).then(({ reminders, more }) => ({ items: reminders, more })),
  )
  return {
    ...paged,
    read(id) {
      paged.change(reminder => (reminder.id === id ? { ...reminder, read: true } : reminder))
      // The next opening tells whether it arrived.
      call('POST /inbox/:id/read', { params: { id } }).catch(() => undefined)
    },
  }
}
