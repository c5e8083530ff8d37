import type { Log } from '../base/log.ts'
import type { Model } from '../clients/model.ts'
import type { Wechat } from '../clients/wechat.ts'
import type { AnswerLimits } from './answer/answer-limit.ts'
import type { Finders } from './finding-service.ts'

/** What answers questions: what finds clauses, a model where there is one, and what it may cost. */
export interface Assistant extends Finders {
  model?: Model | undefined
  /** WeChat's check of texts, where it is set up. */
  moderation?: Pick<Wechat, 'checkText'> | undefined
  limits: AnswerLimits
  now: () => Date
  log: Log
}
