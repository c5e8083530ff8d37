import type { ReminderChannel } from '#shared/reminder'
import type { Channel, Outcome } from '#server/reminder/service'

/** A channel that knows who was made known to it, keeps to whom it sent, and answers what it is told to. */
export function aChannel(name: ReminderChannel, template: string | null) {
  const known = new Map<string, string>()
  const sent: string[] = []
  const answer = { with: (): Promise<Outcome> => Promise.resolve({ result: 'sent', messageId: null }) }
  const channel: Channel = {
    ...{ name, template },
    addressesOf: async ids => new Map([...known].filter(([id]) => ids.includes(id))),
    send: async address => {
      sent.push(address)
      return answer.with()
    },
  }
  return { channel, known, sent, answer }
}
