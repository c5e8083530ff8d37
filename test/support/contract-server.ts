import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import type { ChatAction, ChatEvent, Message, MessageBody } from '#shared/chat'
import { addDays, dayOf, mondayOf, monthOf } from '#shared/day'
import { errors, type ErrorCode } from '#shared/errors'
import { items, lesson, type Item } from './contract-content.ts'

/** A small server that keeps the contract of `shared/` from memory, for one cadre. */
export interface ContractServer {
  url: string
  /** Says something from 日知's side while the page waits for news. */
  tell(body: MessageBody): void
  close(): Promise<void>
}

const PAPER = 'f'.repeat(24)
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html', '.png': 'image/png' }

interface Answered {
  chosen: string[]
  correct: boolean
  round: number
}

/** The state of the one conversation and paper. */
class Day {
  readonly today = dayOf(new Date())
  readonly messages: Message[] = []
  readonly answers = new Map<string, Answered>()
  readonly wakers = new Set<() => void>()
  open: { paper: string; question: string; round: number } | null = null
  reached = 0
  goal = { days: 4, paused: false, streak: false }

  say(body: MessageBody, from: 'rizhi' | 'cadre' = 'rizhi', id = `s-${this.messages.length + 1}`): Message {
    const known = this.messages.find(message => message.id === id)
    if (known) return known
    const at = new Date().toISOString()
    const message: Message = { seq: this.messages.length + 1, id, from, day: this.today, at, body }
    this.messages.push(message)
    for (const wake of this.wakers) wake()
    return message
  }

  get card() {
    const { id, title, category, topic, scene, minutes, sections } = lesson
    return { id, title, category, topic, scene, minutes, sections, reached: this.reached, finished: this.reached >= sections }
  }

  get state() {
    const chips: { label: string; action: ChatAction }[] = this.open
      ? [{ label: '不会', action: { type: 'dont-know', ...this.open } }]
      : [{ label: '开始今日一测', action: { type: 'start' } }]
    return {
      open: this.open,
      chips: [...chips, { label: '错题', action: { type: 'wrong-book' as const } }, { label: '我的积分', action: { type: 'points' as const } }, { label: '帮助', action: { type: 'help' as const } }],
    }
  }

  get week() {
    const monday = mondayOf(this.today)
    const days = [0, 1, 2, 3, 4, 5, 6].map(offset => ({ day: addDays(monday, offset), done: addDays(monday, offset) < this.today }))
    return { goal: this.goal.days, done: days.filter(day => day.done).length, paused: this.goal.paused, days }
  }

  get points() {
    return [...this.answers.values()].filter(({ correct }) => correct).length + (this.reached >= lesson.sections ? 2 : 0)
  }
}

const missed = (day: Day): Item[] => items.filter(({ question }) => day.answers.get(question.id)?.correct === false)

function pose(day: Day): MessageBody {
  const next = items.findIndex(({ question }) => !day.answers.has(question.id))
  const again = missed(day)[0]
  const item = items[next] ?? again
  if (!item) {
    day.open = null
    const right = items.filter(({ question }) => day.answers.get(question.id)?.round === 1).length
    const returning = right < items.length ? [{ day: addDays(day.today, 3), count: items.length - right }] : []
    return { type: 'summary', kind: 'daily', of: items.length, right, corrected: items.length - right, points: day.points, story: `学课 2 分，答题 ${items.length} 分`, returning }
  }
  const round = next < 0 ? (day.answers.get(item.question.id)?.round ?? 0) + 1 : 1
  day.open = { paper: PAPER, question: item.question.id, round }
  return { type: 'question', paper: PAPER, kind: 'daily', question: item.question, number: items.indexOf(item) + 1, of: items.length, round, reason: 'lesson' }
}

function mark(day: Day, action: Extract<ChatAction, { type: 'answer' | 'dont-know' }>): MessageBody[] {
  const item = items.find(({ question }) => question.id === action.question)
  if (!item) return [{ type: 'notice', text: '这道题现在不用再答了，没有重复计分。' }]
  const chosen = action.type === 'answer' ? action.chosen : []
  const correct = chosen.length > 0 && chosen.join('|') === item.solution.key.join('|')
  day.answers.set(item.question.id, { chosen, correct, round: action.round })
  if (day.open?.question === item.question.id) day.open = null
  const body: MessageBody = { type: 'mark', ...item.solution, paper: PAPER, question: item.question, round: action.round, chosen, correct, dontKnow: chosen.length === 0, pointsEarned: correct ? 1 : 0 }
  const done = items.every(({ question }) => day.answers.get(question.id)?.correct)
  return done ? [body, pose(day)] : [body]
}

function replies(day: Day, said: { text?: string; action?: ChatAction }): MessageBody[] {
  const { action } = said
  const type = action?.type ?? (/^(开始|下一题)/.test(said.text ?? '') ? 'start' : 'help')
  if (action?.type === 'answer' || action?.type === 'dont-know') return mark(day, action)
  if (['start', 'next', 'practise', 'postpone'].includes(type)) return [pose(day)]
  if (type === 'lesson') return [{ type: 'lesson', lesson: day.card }]
  if (type === 'points') return [{ type: 'text', text: `您一共有 ${day.points} 分。积分只有您自己看得到。` }]
  return [{ type: 'text', text: '可以点按钮，也可以直接打字：“开始”答今天的题，“错题”看错题本。' }]
}

function ownWords(said: { text?: string; action?: ChatAction }): string {
  const { action } = said
  if (!action) return said.text ?? ''
  if (action.type === 'answer') return action.chosen.join('、')
  const words = { start: '开始今日一测', next: '下一题', lesson: '今日一课', 'wrong-book': '错题', practise: '复习', points: '我的积分', help: '帮助', 'dont-know': '不会', postpone: '跳过' }
  return words[action.type]
}

type Input = { query: URLSearchParams; body: Record<string, unknown>; id: string }
type Answer = (day: Day, input: Input) => unknown

const routes: Record<string, Answer> = {
  'GET /site': () => ({ name: '日知', demo: true, version: '0.1.0' }),
  'POST /sign-in': () => ({ token: 'token', expiresAt: new Date().toISOString(), cadre: { id: PAPER, name: '田春梅' } }),
  'POST /sign-out': () => undefined,
  'GET /me': day => ({ id: PAPER, name: '田春梅', joinedOn: addDays(day.today, -40) }),
  'GET /devices': () => ({ devices: [{ id: PAPER, device: '华为 P30', current: true, signedInAt: new Date().toISOString(), expiresAt: new Date().toISOString() }] }),
  'GET /suggestions': () => ({ suggestions: [] }),
  'POST /suggestions': day => ({ id: PAPER, replyBy: addDays(day.today, 7) }),
  'GET /today': day => ({
    day: day.today,
    lesson: day.card,
    paper: {
      id: PAPER,
      kind: 'daily',
      done: items.every(({ question }) => day.answers.get(question.id)?.correct),
      questions: items.map(({ question, solution }, index) => {
        const answered = day.answers.get(question.id)
        const state = answered ? (answered.correct ? 'right' : 'missed') : 'open'
        return { number: index + 1, reason: 'lesson', question, state, postponed: false, round: (answered?.round ?? 0) + 1, answered: answered ? { ...solution, ...answered } : null }
      }),
    },
    week: day.week,
    points: { total: 38 + day.points, today: day.points, cap: 10 },
  }),
  'GET /lessons/upcoming': day => ({ lessons: [{ ...lesson, ...day.card }] }),
  'GET /lessons/:id': day => ({ ...lesson, ...day.card }),
  'POST /lessons/:id/reach': (day, { body }) => {
    day.reached = Math.max(day.reached, Number(body.section) + 1)
    return { reached: day.reached, finished: day.reached >= lesson.sections, wait: 0, pointsEarned: 0, points: day.points }
  },
  'POST /quiz/questions/:id/reports': day => ({ replyBy: addDays(day.today, 7) }),
  'GET /wrong-book': () => ({ due: 3, total: 12, topics: [{ topic: '村民自治', total: 7, due: 2 }, { topic: '信访', total: 4, due: 1 }, { topic: '农村集体产权制度改革与“三资”管理', total: 1, due: 0 }] }),
  'GET /wrong-book/questions': day => ({ more: false, questions: items.slice(0, 2).map(({ question, solution }) => ({ id: question.id, question, solution, missed: 2, dueOn: addDays(day.today, 1) })) }),
  'GET /topics': () => ({ topics: [{ topic: '村民自治', questions: 86, chosen: true }, { topic: '信访', questions: 41, chosen: false }, { topic: '茶园管理', questions: 25, chosen: false }] }),
  'PUT /topics': (_, { body }) => ({ topics: ['村民自治', '信访', '茶园管理'].map(topic => ({ topic, questions: 40, chosen: (body.topics as string[]).includes(topic) })) }),
  'GET /points': day => ({
    total: 38 + day.points,
    today: { points: day.points, cap: 10 },
    mastered: 17,
    months: [
      { month: monthOf(day.today), points: 23, byCause: [{ cause: 'lesson', label: '学课', points: 8 }, { cause: 'question', label: '每日答题', points: 13 }, { cause: 'review', label: '复习', points: 2 }] },
      { month: monthOf(addDays(day.today, -30)), points: 15, byCause: [{ cause: 'question', label: '每日答题', points: 15 }] },
    ],
    week: day.week,
    streak: day.goal.streak ? { days: 3 } : null,
    rule: { version: 1, from: '2026-01-01', lines: ['读完一课得 2 分', '每日一题做到对得 1 分，一天最多 5 分', '每天最多 10 分'] },
  }),
  'GET /points/entries': day => ({ more: false, entries: [5, 4, 3, 2, 1].map(number => ({ id: String(number).repeat(24), day: number > 3 ? day.today : addDays(day.today, -1), at: new Date().toISOString(), cause: 'question', points: 1, ruleVersion: 1, text: `每日答题 第${number}题 +1，规则第1版` })) }),
  'GET /points/calendar': (day, { query }) => {
    const month = query.get('month') ?? monthOf(day.today)
    return { month, days: ['03', '04', '06', '10', '11', '12', '17', '18', '20'].map(number => `${month}-${number}`) }
  },
  'PUT /points/goal': (day, { body }) => {
    day.goal = body as unknown as Day['goal']
    return { week: day.week, streak: day.goal.streak ? { days: 3 } : null }
  },
}

/** Starts the server on a free port; with `front` it serves that folder too. */
export async function startContractServer({ front, port = 0 }: { front?: string; port?: number } = {}): Promise<ContractServer> {
  const day = new Day()
  day.say({ type: 'text', text: '您好，我是日知。每天一节小课、五道题，几分钟就够。点下面的按钮，或者直接打字都行。' })
  day.say({ type: 'lesson', lesson: day.card })
  day.say({ type: 'text', text: '今天有 5 道题。读完课再答也行，说“开始”就开始。' })
  const server = createServer((request, response) => void serve(day, front, request, response))
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  const bound = typeof address === 'object' && address ? address.port : port
  return { url: `http://127.0.0.1:${bound}`, tell: body => void day.say(body), close: () => closed(day, server) }
}

function closed(day: Day, server: Server): Promise<void> {
  for (const wake of day.wakers) wake()
  server.closeAllConnections()
  return new Promise(resolve => server.close(() => resolve()))
}

async function serve(day: Day, front: string | undefined, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  if (!url.pathname.startsWith('/api')) return page(front, url.pathname, response)
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>
  const path = url.pathname.slice('/api'.length)
  if (path !== '/site' && path !== '/sign-in' && request.headers.authorization !== 'Bearer token') return fail(response, 'session.missing')
  if (path === '/chat/messages') return request.method === 'POST' ? chat(day, body, response) : poll(day, url.searchParams, response)
  const [, id = ''] = /([0-9a-f]{24})/.exec(path) ?? []
  const answer = routes[`${request.method} ${path}`] ?? routes[`${request.method} ${path.replace(/[0-9a-f]{24}/, ':id')}`]
  if (!answer) return fail(response, 'not-found')
  json(response, answer(day, { query: url.searchParams, body, id }))
}

async function poll(day: Day, query: URLSearchParams, response: ServerResponse): Promise<void> {
  const after = query.get('after')
  if (after !== null && day.messages.length <= Number(after)) {
    await new Promise<void>(resolve => {
      const wake = (): void => {
        clearTimeout(timer)
        day.wakers.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, 25_000)
      day.wakers.add(wake)
      response.on('close', wake)
    })
  }
  json(response, { messages: day.messages.slice(Number(after ?? 0)), more: false, state: day.state })
}

function chat(day: Day, body: Record<string, unknown>, response: ServerResponse): void {
  const said = body as { id?: string; text?: string; action?: ChatAction }
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  const write = (event: ChatEvent): void => void response.write(`${JSON.stringify(event)}\n`)
  write({ type: 'message', message: day.say({ type: 'text', text: ownWords(said) }, 'cadre', said.id) })
  for (const reply of replies(day, said)) write({ type: 'message', message: day.say(reply) })
  write({ type: 'state', state: day.state })
  response.end()
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(value === undefined ? 204 : 200, { 'content-type': 'application/json' })
  response.end(value === undefined ? undefined : JSON.stringify(value))
}

function fail(response: ServerResponse, code: ErrorCode): void {
  const { status, text } = errors[code]
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ code, text, requestId: 'contract' }))
}

function page(front: string | undefined, path: string, response: ServerResponse): void {
  const file = front && join(front, path === '/' ? 'index.html' : path)
  if (!file || !existsSync(file) || statSync(file).isDirectory()) return void response.writeHead(404).end()
  response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
  createReadStream(file).pipe(response)
}
