/** What is known of a person's customer-service session; moments in milliseconds. */
export interface SessionWindow {
  /** The latest moments at which the person wrote, or opened the session; 0 for never. */
  wroteAt: number
  enteredAt: number
  /** The latest of our messages. */
  sends: { key: string; at: number }[]
}

/** How long after a message of the person ours are taken. */
export const WROTE_MS = 48 * 3_600_000
const ENTERED_MS = 60_000
const AFTER_WRITING = 5
const AFTER_ENTERING = 2
/** Our messages that are remembered: far more than a turn that is told again lies back. */
const REMEMBERED = 100

/**
 * How many messages may be sent now. Writing or entering again starts its count anew; each of our messages counts
 * against both, as nobody documents against which it does. Source: 客服消息, 发送消息.
 */
export function leftOf({ wroteAt, enteredAt, sends }: SessionWindow, now: number): number {
  const since = (moment: number): number => sends.filter(({ at }) => at >= moment).length
  const written = now - wroteAt < WROTE_MS ? AFTER_WRITING - since(wroteAt) : 0
  const entered = now - enteredAt < ENTERED_MS ? AFTER_ENTERING - since(enteredAt) : 0
  return Math.max(0, written, entered)
}

/** The window after a message of ours; undefined when that one was sent before, or none may be sent. */
export function sending(window: SessionWindow, key: string, now: number): SessionWindow | undefined {
  if (isSent(window, key) || leftOf(window, now) === 0) return undefined
  return { ...window, sends: [...window.sends, { key, at: now }].slice(-REMEMBERED) }
}

/** True when that message was sent, or may have been. */
export const isSent = ({ sends }: SessionWindow, key: string): boolean => sends.some(one => one.key === key)

/** What keys of messages that welcome somebody who opened the session begin with. */
export const WELCOME = 'entered-'

/** True when the person was welcomed lately. */
export const wasWelcomed = ({ sends }: SessionWindow): boolean =>
  sends.some(({ key }) => key.startsWith(WELCOME))

/** The window after something the person did; what is told late changes nothing. */
export const acting = (window: SessionWindow, act: 'wroteAt' | 'enteredAt', at: number): SessionWindow => ({
  ...window,
  [act]: Math.max(window[act], at),
})

/** The window after a message that was certainly not sent. */
export const takingBack = (window: SessionWindow, key: string): SessionWindow => ({
  ...window,
  sends: window.sends.filter(one => one.key !== key),
})

/** The window once WeChat says that it is over: until the person does something again. */
export const closing = (window: SessionWindow): SessionWindow => ({ ...window, wroteAt: 0, enteredAt: 0 })
