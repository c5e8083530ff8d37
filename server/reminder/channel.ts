import type { Day } from '#shared/day'
import type { ReminderChannel, ReminderKind } from '#shared/reminder'
import type { Words } from './wording.ts'

/** What a reminder says, and for which time. */
export interface Fields extends Words {
  day: Day
  slot: string
}

/** What became of an attempt, with the platform's reason. */
export type Outcome =
  | { result: 'sent'; messageId: string | null }
  /** The person has to allow it again. */
  | { result: 'no-quota'; reason: string }
  /** It will never do for this person, or like this. */
  | { result: 'refused' | 'invalid'; reason: string }
  /** Nothing happened; later it may. */
  | { result: 'retry'; reason: string; seconds: number }

/** A way to reach cadres outside of the product. */
export interface Channel {
  name: ReminderChannel
  /** Whose permissions are counted; null where none are needed. */
  template: string | null
  /** How the platform knows each of these cadres; those it does not know are missing. */
  addressesOf: (cadreIds: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** Sends once. Throws when it may have been sent. */
  send: (address: string, kind: ReminderKind, fields: Fields, link: string) => Promise<Outcome>
}
