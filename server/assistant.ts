import { join } from 'node:path'
import type { Env } from './base/env.ts'
import type { Log } from './base/log.ts'
import { createEmbedder } from './clients/embedding.ts'
import { createModel } from './clients/model.ts'
import { createReranker } from './clients/rerank.ts'
import type { Wechat } from './clients/wechat.ts'
import { type Assistant, keepIndex } from './policy/service.ts'

/** What the assistant is made of beside the settings. */
export interface Around {
  now: () => Date
  log: Log
  wechat?: Wechat | undefined
  /** Called after documents or their status changed. */
  onChange?: () => Promise<unknown>
}

/** The policy assistant as the settings have it: the index in the data folder, and whatever endpoints are set up. */
export function openAssistant(env: Env, { now, log, wechat, onChange }: Around): Assistant {
  const embedder = env.embedding && createEmbedder(env.embedding)
  return {
    search: keepIndex({
      ...{ folder: join(env.dataDir, 'policy'), home: env.region, embedder, log },
      ...(onChange && { onChange }),
    }),
    embedder,
    reranker: env.rerank && createReranker(env.rerank),
    model: env.model && createModel(env.model),
    moderation: wechat,
    limits: env.answerLimits,
    now,
    log,
  }
}
