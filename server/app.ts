import { bodyParser } from '@koa/bodyparser'
import Router from '@koa/router'
import Koa, { type Middleware } from 'koa'
import { rolesOf } from './account/grant-service.ts'
import { accountRoutes, type Site } from './account/routes.ts'
import { whoHolds } from './account/service.ts'
import type { Log } from './base/log.ts'
import { chatRoutes } from './chat/routes.ts'
import type { Wechat } from './clients/wechat.ts'
import { courseRoutes } from './course/routes.ts'
import { hear, type Hearing, isForHuman } from './hearing.ts'
import { answerErrors, authenticate, authorize, guardHeaders, onlyJson, stamp } from './http/middleware.ts'
import { push } from './http/push/route.ts'
import { wireNews } from './news.ts'
import { reviewRoutes } from './policy/review-routes.ts'
import { policyRoutes } from './policy/routes.ts'
import { type Assistant, searchByWords } from './policy/service.ts'
import { pointsRoutes } from './points/routes.ts'
import { reviewQuestionRoutes } from './question/review-routes.ts'
import { quizRoutes } from './quiz/routes.ts'
import { reminderRoutes } from './reminder/routes.ts'
import type { Channel } from './reminder/service.ts'

/** What the server reaches outside of itself; tests hand in their own. */
export interface Outside {
  now: () => Date
  log: Log
  site: Site
  /** Codes `demo:<name>` sign in. Never together with WeChat. */
  demo: boolean
  wechat?: Pick<Wechat, 'openidOf' | 'checkText'>
  /** What answers questions about policy. */
  assistant: Assistant
  /** What carries reminders, the one to be used first standing first; without any they are in the inbox only. */
  channels: readonly Channel[]
  /** Which times and wording of reminders help may be learned of cadres who allow it. */
  learning?: boolean
  /** Hears what WeChat pushes; without it nothing is taken. */
  hearing?: Hearing
  /** What stands before the API: measuring, health, OpenAPI, pages. */
  before?: Middleware[]
}

/** Largest body of a call; the longest honest one, a suggestion of 1,000 characters, is 3 kB. */
const BODY_LIMIT = '32kb'

/** The whole web server: middleware in order, then every feature's routes. */
export function createApp(outside: Outside): Koa {
  const {
    now,
    log,
    site,
    demo,
    wechat,
    assistant,
    channels,
    learning = false,
    hearing,
    before = [],
  } = outside
  wireNews(now)
  const app = new Koa()
  app.on('error', (error, ctx) => log.error({ error, requestId: ctx?.state.requestId }, 'request failed'))
  app.use(guardHeaders)
  for (const middleware of before) app.use(middleware)
  if (hearing) app.use(push({ ...hearing, now, log, isForHuman, hear: message => hear(message, hearing) }))
  app.use(answerErrors)
  app.use(stamp(now))
  app.use(onlyJson)
  app.use(bodyParser({ enableTypes: ['json'], jsonLimit: BODY_LIMIT }))
  app.use(authenticate(whoHolds))
  app.use(authorize(rolesOf))
  const router = new Router()
  for (const feature of [
    accountRoutes(site, { wechat, demo }),
    policyRoutes(assistant),
    reviewRoutes({ search: searchByWords(assistant) }),
    courseRoutes,
    reviewQuestionRoutes,
    quizRoutes,
    pointsRoutes,
    reminderRoutes(channels, learning),
    chatRoutes(assistant),
  ]) {
    router.use(feature.routes())
  }
  app.use(router.routes())
  app.use(router.allowedMethods())
  return app
}
