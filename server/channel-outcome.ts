import { isPlatformFailure } from './base/platform-failure.ts'
import type { Outcome } from './reminder/service.ts'

/** What sending came to. Throws when it may have been sent. */
export async function outcomeOf(sending: Promise<Outcome>): Promise<Outcome> {
  try {
    return await sending
  } catch (error) {
    if (!isPlatformFailure(error)) throw error
    const { kind, reason, field, seconds } = error
    switch (kind) {
      case 'unknown':
        throw error
      case 'ledger-empty':
        return { result: 'no-quota', reason }
      case 'retry':
      case 'wait':
      case 'token':
        return { result: 'retry', reason, seconds }
      case 'drop':
      case 'closed':
      case 'unseen':
        return { result: 'refused', reason }
      case 'invalid':
      case 'set-up':
        return { result: 'invalid', reason: field === undefined ? reason : `${reason} ${field}` }
    }
  }
}
