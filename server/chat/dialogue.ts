import type { ChatAction, MessageBody } from '#shared/chat'
import type { Mark, Paper } from '#shared/quiz'
import type { Effect, Outcome, Summary } from './effect.ts'
import {
  type Answering,
  ask,
  dailyAfter,
  isAbout,
  progressOf,
  type Talk,
  type Tap,
  waitingOf,
} from './talk.ts'
import * as wording from './wording.ts'
import { read } from './words.ts'

export type Input = { text: string } | { action: ChatAction } | Outcome

/** One step of a turn: the conversation after it, what 日知 says, and what must be done before it can go on. */
export interface Step {
  talk: Talk
  replies: MessageBody[]
  effect: Effect | null
}

/** The dialogue: where the conversation stands and what happened → what is said and done. A turn ends without an effect. */
export function converse(talk: Talk, input: Input): Step {
  if ('of' in input) return heard(talk, input)
  const fresh = { ...talk, offer: null }
  if ('action' in input) return wished(fresh, input.action)
  const reading = read(input.text, waitingOf(talk))
  if ('action' in reading) return wished(fresh, reading.action)
  if ('hint' in reading) return detour(fresh, [wording.say(wording.hintWords(reading, talk.paper !== null))])
  return { talk: fresh, replies: [], effect: { do: 'free-text', text: input.text } }
}

const over = (talk: Talk, replies: MessageBody[]): Step => ({ talk, replies, effect: null })

/** Says something and shows the open question again. */
const detour = (talk: Talk, replies: MessageBody[]): Step =>
  over(talk, talk.open ? [...replies, talk.open] : replies)

function wished(talk: Talk, action: ChatAction): Step {
  const todo = (effect: Effect): Step => ({ talk, replies: [], effect })
  switch (action.type) {
    case 'start':
      return talk.open?.kind === 'daily' ? detour(talk, []) : todo({ do: 'today', for: 'start' })
    case 'next':
      if (talk.open) return detour(talk, [])
      return todo(talk.paper ? { do: 'go-on', paper: talk.paper.id } : { do: 'today', for: 'start' })
    case 'lesson':
      return todo({ do: 'today', for: 'lesson' })
    case 'wrong-book':
      return todo({ do: 'wrong-book' })
    case 'practise':
      return todo({ do: 'practise', scope: action.scope, topic: action.topic, clause: action.clause })
    case 'policy':
      return detour(talk, [wording.say(wording.HOW_TO_ASK)])
    case 'points':
      return todo({ do: 'points' })
    case 'help':
      return detour(talk, [wording.say(wording.HELP)])
    case 'answer':
    case 'dont-know':
      return todo({ do: isAbout(talk, action) ? 'answer' : 'look', tap: action })
    case 'postpone':
      return todo({ do: isAbout(talk, action) ? 'postpone' : 'look', tap: action })
  }
}

function heard(talk: Talk, outcome: Outcome): Step {
  switch (outcome.of) {
    case 'today':
      return onDay({ ...talk, today: outcome.paper.id }, outcome)
    case 'look':
      return looked(talk, outcome.tap, outcome.paper)
    case 'answer':
      return marked(talk, outcome)
    case 'refused':
      return refused(talk, outcome.tap)
    case 'postpone':
      return postponed(talk, outcome.tap, outcome.paper)
    case 'go-on':
      return wentOn(talk, outcome)
    case 'sum-up':
      return detour(talk, [summaryBody(outcome.summary)])
    case 'practise': {
      const asking = outcome.paper && ask(talk, outcome.paper)
      return asking ? over(asking, [asking.open]) : detour(talk, [wording.say(wording.NOTHING_TO_PRACTISE)])
    }
    case 'points':
      return detour(talk, [wording.say(wording.standingWords(outcome.standing))])
    case 'wrong-book': {
      const { due, total } = outcome.book
      return detour({ ...talk, offer: { due, total } }, [wording.say(wording.wrongBookWords(outcome.book))])
    }
    case 'free-text': {
      const place = talk.paper && !talk.open ? [wording.say(wording.WHERE_NOW)] : []
      return detour(talk, [{ type: 'answer', ...outcome.answer }, ...place])
    }
  }
}

function onDay(talk: Talk, { for: purpose, lesson, paper }: Extract<Outcome, { of: 'today' }>): Step {
  if (purpose === 'lesson') {
    const card: MessageBody = lesson ? { type: 'lesson', lesson } : wording.say(wording.NO_LESSON)
    return detour({ ...talk, daily: progressOf(paper) }, [card])
  }
  const asking = ask(talk, paper)
  if (asking) return over(asking, [asking.open])
  const words = paper.questions.length === 0 ? wording.NO_QUESTIONS : wording.DAY_DONE
  return detour({ ...talk, daily: 'done' }, [wording.say(words)])
}

/** A tap on a question that is not the one shown last, from an older card or another device. */
function looked(talk: Talk, tap: Tap, paper: Paper): Step {
  const question = paper.questions.find(one => one.question.id === tap.question)
  const takes =
    question !== undefined &&
    (tap.type === 'postpone'
      ? question.state === 'open'
      : question.state !== 'right' && question.round === tap.round)
  if (!takes) return stale(talk)
  return {
    talk,
    replies: [],
    effect: tap.type === 'postpone' ? { do: 'postpone', tap } : { do: 'answer', tap },
  }
}

function stale(talk: Talk): Step {
  const where = talk.open
    ? ''
    : talk.paper
      ? wording.WHERE_NOW
      : talk.daily === 'done'
        ? ''
        : wording.WHERE_IDLE
  return detour(talk, [{ type: 'notice', text: wording.NOT_OPEN_ANY_MORE + where }])
}

function marked(talk: Talk, { tap, paper, mark }: Extract<Outcome, { of: 'answer' }>): Step {
  const asked = isAbout(talk, tap) ? { ...talk, open: null } : talk
  const goesOn = !asked.open && (paper.kind === 'practice' || paper.id === talk.today)
  const current = goesOn ? { id: paper.id, kind: paper.kind } : asked.paper
  const after: Talk = {
    ...asked,
    paper: paper.done && current?.id === paper.id ? null : current,
    daily: dailyAfter(asked, paper),
  }
  const replies = markBody(tap, paper, mark)
  if (paper.done) return { talk: after, replies, effect: { do: 'sum-up', paper: paper.id } }
  return detour(after, replies)
}

function markBody(tap: Answering, paper: Paper, mark: Mark): MessageBody[] {
  const asked = paper.questions.find(one => one.question.id === tap.question)
  if (!asked) return []
  const { key, explanation, reasons, sources, correct, pointsEarned } = mark
  const given = tap.type === 'answer' ? tap.chosen : []
  const chosen = asked.answered?.round === tap.round ? asked.answered.chosen : given
  return [
    {
      type: 'mark',
      paper: paper.id,
      question: asked.question,
      round: tap.round,
      chosen,
      correct,
      dontKnow: chosen.length === 0,
      pointsEarned,
      key,
      explanation,
      reasons,
      sources,
    },
  ]
}

function refused(talk: Talk, tap: Tap): Step {
  if (!isAbout(talk, tap)) return stale(talk)
  return {
    talk: { ...talk, open: null },
    replies: [],
    effect: { do: 'go-on', paper: tap.paper, refused: tap },
  }
}

function postponed(talk: Talk, tap: Tap, paper: Paper): Step {
  if (!isAbout(talk, tap) && talk.open) return detour(talk, [])
  return wentOn(talk, { paper, skipped: tap.question })
}

/** Shows the next question of a paper, or sums up when nothing is left. */
function wentOn(
  talk: Talk,
  { paper, skipped, refused }: { paper: Paper | null; skipped?: string; refused?: Tap },
): Step {
  const notice: MessageBody[] = refused ? [{ type: 'notice', text: wording.NOT_OPEN_ANY_MORE }] : []
  const asking = paper && ask(talk, paper, skipped)
  if (asking && !(refused && isAbout(asking, refused))) {
    const last = skipped === asking.open.question.id ? [wording.say(wording.LAST_ONE_LEFT)] : []
    return over(asking, [...notice, ...last, asking.open])
  }
  const left: Talk = { ...talk, paper: null, open: null }
  if (!paper || asking) return over(left, [{ type: 'notice', text: wording.EXPIRED }])
  return {
    talk: { ...left, daily: dailyAfter(left, paper) },
    replies: notice,
    effect: { do: 'sum-up', paper: paper.id },
  }
}

const summaryBody = ({ byCause, ...summary }: Summary): MessageBody => ({
  type: 'summary',
  kind: summary.kind,
  of: summary.of,
  right: summary.right,
  corrected: summary.corrected,
  points: summary.points,
  story: wording.story(byCause),
  returning: summary.returning.map(({ day, count }) => ({ day, count })),
})
