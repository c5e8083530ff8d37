import { readFileSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'

/** One call of a cadre. */
export interface Step {
  method: 'GET' | 'POST'
  path: string
  body?: object
  /** The reply is today's page: its five questions are answered next. */
  answerAll?: boolean
  /** Words the reply must have. */
  wants?: string
}

/** What the load generator is to do: each client takes the next cadre and does the steps one after the other. */
export interface Plan {
  base: string
  clients: number
  cadres: { token: string; steps: Step[] }[]
  /** The key of each question, for steps that answer all. */
  keys?: Record<string, string[]>
}

/** What it saw. */
export interface Load {
  requests: number
  failed: number
  seconds: number
  perSecond: number
  p50Ms: number
  p99Ms: number
  /** Until the reply begins. */
  firstByteP50Ms: number
  firstByteP95Ms: number
  /** The first few failures. */
  failures: string[]
}

async function run({ base, clients, cadres, keys = {} }: Plan): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const times: number[] = []
  const firsts: number[] = []
  const failures: string[] = []
  let failed = 0
  let next = 0
  const began = performance.now()
  const client = async (): Promise<void> => {
    for (let cadre = cadres[next++]; cadre; cadre = cadres[next++]) {
      const steps = [...cadre.steps]
      for (const step of steps) {
        const from = performance.now()
        const { failure, text, firstByteAt } = await call(agent, base, cadre.token, step)
        times.push(performance.now() - from)
        firsts.push(firstByteAt - from)
        if (step.answerAll && failure === undefined) steps.push(...answersTo(text, keys))
        if (failure === undefined) continue
        failed++
        if (failures.length < 5) failures.push(`${step.method} ${step.path}: ${failure}`)
      }
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  const seconds = (performance.now() - began) / 1000
  agent.destroy()
  times.sort((a, b) => a - b)
  firsts.sort((a, b) => a - b)
  return {
    requests: times.length,
    failed,
    seconds,
    perSecond: times.length / seconds,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    firstByteP50Ms: quantile(firsts, 0.5),
    firstByteP95Ms: quantile(firsts, 0.95),
    failures,
  }
}

const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0

/** Right answers to every question of today's page. */
function answersTo(today: string, keys: Record<string, string[]>): Step[] {
  const { paper } = JSON.parse(today) as { paper: { questions: { question: { id: string } }[] } }
  return paper.questions.map(({ question: { id } }) => ({
    method: 'POST',
    path: `/api/quiz/questions/${id}/answer`,
    body: { chosen: keys[id] ?? [] },
  }))
}

interface Outcome {
  text: string
  /** Why the call failed; undefined when it did not. */
  failure: string | undefined
  firstByteAt: number
}

function call(
  agent: Agent,
  base: string,
  token: string,
  { method, path, body, wants }: Step,
): Promise<Outcome> {
  const sentText = body === undefined ? undefined : JSON.stringify(body)
  const headers = {
    authorization: `Bearer ${token}`,
    ...(sentText !== undefined && {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(sentText),
    }),
  }
  return new Promise(resolve => {
    const sent = request(`${base}${path}`, { agent, method, headers }, response => {
      const parts: Buffer[] = []
      let firstByteAt = 0
      response.on('data', (part: Buffer) => {
        firstByteAt ||= performance.now()
        parts.push(part)
      })
      response.on('end', () => {
        const text = Buffer.concat(parts).toString()
        const fits = response.statusCode === 200 && (wants === undefined || text.includes(wants))
        const failure = fits ? undefined : `${response.statusCode} ${text.slice(0, 200)}`
        resolve({ text, failure, firstByteAt })
      })
    })
    sent.once('error', error => resolve({ text: '', failure: error.message, firstByteAt: performance.now() }))
    sent.end(sentText)
  })
}

const [, , planFile = '', resultFile = ''] = process.argv
if (planFile !== '') {
  void run(JSON.parse(readFileSync(planFile, 'utf8')) as Plan).then(load =>
    writeFileSync(resultFile, JSON.stringify(load)),
  )
}
