import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import { usePaged } from '../../paged.ts'
import type { Paged } from '../../paged.ts'

/** One of one's own questions. */
export type Asked = Reply<Api['GET /policy/answers']>['answers'][number]

/** One's own questions, the newest first. */
export const useQuestions = (): Paged<Asked> =>
  usePaged('policy/answers', (read, before) =>
    read('GET /policy/answers', { query: { before } }).then(({ answers, more }) => ({
      items: answers,
      more,
    })),
  )
