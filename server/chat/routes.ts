import { chatApi } from '#shared/chat'
import { routes } from '../http/routes.ts'
import type { Assistant } from '../policy/service.ts'
import { messages, say } from './service.ts'

export const chatRoutes = (assistant: Assistant) =>
  routes(chatApi, {
    'GET /chat/messages': ({ cadreId, query, now, signal }) => messages({ cadreId, ...query, now, signal }),

    'POST /chat/messages': ({ cadreId, body, now }) => {
      const { id, ...said } = body
      return say({ cadreId, id, said, now }, assistant)
    },
  })
