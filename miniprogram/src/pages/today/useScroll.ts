import { useEffect, useRef, useState } from 'react'
import type { Message } from '#shared/chat'
import { revealed } from '../../reveal.ts'
import { useStore } from '../../store.ts'

const h5 = process.env.TARO_ENV === 'h5'
/** How far the top of new messages stays below the edge. */
const MARGIN = 12
/** Characters of an answer in words that is read before the card after it. */
const LONG_ANSWER = 300

/** Where the list stands, and how it hears that the cadre moves it. */
interface Scroll {
  target: string
  onMove: () => void
}

/**
 * Brings what is new into view by its beginning, so that a long card is read from its first word.
 * Older messages loaded above move nothing. `below` changes when something outside the messages appears, `grown` when
 * the last card becomes longer: what was brought into view then rises to its place, unless the cadre scrolled.
 */
export function useScroll(messages: Message[], below: string, grown: string): Scroll {
  const [target, setTarget] = useState('')
  const place = useRef('')
  const moved = useRef(false)
  const seen = useRef<number | null>(null)
  const last = messages[messages.length - 1]?.seq ?? 0

  // Not the messages themselves: they change with every page loaded above.
  useEffect(() => {
    const before = seen.current
    seen.current = last
    if (last === 0) return
    const fresh = before === null ? undefined : firstToRead(messages, before)
    const id = before === null ? `m${opening(messages)}` : fresh ? `m${fresh.seq}` : 'end'
    place.current = id
    moved.current = false
    setTarget(id)
    if (h5) bringIntoView(id, before !== null)
  }, [last, below])

  useEffect(() => {
    const id = place.current
    if (grown === '' || id === '' || moved.current) return undefined
    if (h5) {
      bringIntoView(id, false)
      return undefined
    }
    // The platform moves only when the target changes.
    setTarget('')
    const timer = setTimeout(() => setTarget(id), 0)
    return () => clearTimeout(timer)
  }, [grown])
  useEffect(() => {
    if (!h5) return undefined
    const note = (): void => void (moved.current = true)
    document.addEventListener('wheel', note, { passive: true })
    return () => document.removeEventListener('wheel', note)
  }, [])

  const asked = useStore(revealed)
  useEffect(() => {
    if (!asked) return
    setTarget(asked.id)
    if (h5) document.getElementById(asked.id)?.scrollIntoView({ block: 'nearest', behavior: 'smooth' })
  }, [asked])

  return { target: h5 ? '' : target, onMove: () => void (moved.current = true) }
}

/**
 * A card is read from its own top; words before it stay above it as far as there is room, so that its foot is in view.
 * An answer in words, or a long one before a card, is read from one's own words; so is one to a policy question, but for
 * the few words of a refusal.
 */
function firstToRead(messages: Message[], before: number): Message | undefined {
  const fresh = messages.filter(({ seq }) => seq > before)
  const reply = fresh.find(({ from }) => from === 'rizhi')
  if (reply?.body.type === 'answer' && !reply.body.refused) return askedBy(messages, reply)
  const long = reply?.body.type === 'text' && reply.body.text.length > LONG_ANSWER
  const card = fresh.find(({ body }) => body.type !== 'text' && !(body.type === 'answer' && body.refused))
  return long ? fresh[0] : (card ?? fresh[0])
}

/** The question that an answer follows, unless it alone would fill the screen. */
function askedBy(messages: Message[], reply: Message): Message {
  const asked = messages[messages.indexOf(reply) - 1]
  const short = asked?.body.type === 'text' && asked.body.text.length < LONG_ANSWER
  return asked?.from === 'cadre' && short ? asked : reply
}

/** Where the page opens: the last card, for there is something to do, or the question it answers; words after it stay below. */
function opening(messages: Message[]): number {
  const cards = messages.filter(({ body }) => body.type !== 'text')
  const last = cards[cards.length - 1] ?? messages[messages.length - 1]
  if (!last) return 0
  return last.body.type === 'answer' ? askedBy(messages, last).seq : last.seq
}

function bringIntoView(id: string, smooth: boolean): void {
  requestAnimationFrame(() => {
    const list = document.querySelector('#conversation')
    const item = document.getElementById(id)
    if (!list || !item) return
    const top = list.scrollTop + item.getBoundingClientRect().top - list.getBoundingClientRect().top - MARGIN
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    list.scrollTo({ top, behavior: smooth && !calm ? 'smooth' : 'auto' })
  })
}
