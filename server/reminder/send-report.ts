import type { Reply } from '#shared/endpoint'
import { type reminderApi, ReminderChannel, ReminderState } from '#shared/reminder'
import { failureText } from './failure-vocabulary.ts'

/** Reminders of a day that went the same way. */
export interface SendGroup {
  channel: ReminderChannel | null
  state: ReminderState
  /** What the platform said at the latest attempt; null where it said nothing. */
  reason: string | null
  count: number
  latest: Date
}

type Report = Reply<(typeof reminderApi)['GET /sends']>
type SendError = Report['errors'][number]

/** Where a reason is none of a failure: it was sent after all, or not wanted any more. */
const FINE: ReminderState[] = ['sent', 'overtaken', 'inbox']
/** Of an attempt whose process died nobody wrote down a reason. */
const LOST = 'lost'

/** The numbers of a day and what went wrong, in words. */
export function reportOf(groups: readonly SendGroup[]): Pick<Report, 'total' | 'results' | 'errors'> {
  return {
    total: groups.reduce((sum, { count }) => sum + count, 0),
    results: merged(groups, ({ channel, state }) => `${channel} ${state}`)
      .map(({ channel, state, count }) => ({ channel, state, count }))
      .sort((a, b) => placeOf(a) - placeOf(b)),
    errors: merged(groups.flatMap(failed), ({ channel, reason }) => `${channel} ${reason}`)
      .map(errorOf)
      .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
  }
}

function failed(group: SendGroup): SendGroup[] {
  const reason = group.reason ?? (group.state === 'unknown' ? LOST : null)
  return reason === null || FINE.includes(group.state) ? [] : [{ ...group, reason }]
}

/** By state in the order of its list, and channels within. */
const placeOf = ({ channel, state }: Pick<SendGroup, 'channel' | 'state'>): number =>
  ReminderState.options.indexOf(state) * 10 + (channel ? ReminderChannel.options.indexOf(channel) : 9)

/** Groups of one key as one. */
function merged(groups: readonly SendGroup[], keyOf: (group: SendGroup) => string): SendGroup[] {
  const all = new Map<string, SendGroup>()
  for (const group of groups) {
    const known = all.get(keyOf(group))
    const latest = known && known.latest > group.latest ? known.latest : group.latest
    all.set(keyOf(group), { ...group, count: group.count + (known?.count ?? 0), latest })
  }
  return [...all.values()]
}

function errorOf({ channel, reason, count, latest }: SendGroup): SendError {
  const { code, field } = codeOf(reason ?? '')
  return { channel, code, text: failureText(channel, code, field), count, latest: latest.toISOString() }
}

/** `errcode 47003 thing1` is code 47003 at field thing1; any other reason is its own code. */
export function codeOf(reason: string): { code: string; field: string | null } {
  const [, code = reason, field = null] = /^errcode (-?\d+)(?: (\w+))?$/.exec(reason) ?? []
  return { code, field }
}
