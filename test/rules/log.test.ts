import { expect, test } from '@jest/globals'
import { AppError } from '#server/base/errors'
import { createLog } from '#server/base/log'

function written(log: (to: ReturnType<typeof createLog>) => void): Record<string, unknown>[] {
  const lines: string[] = []
  log(createLog('info', { write: line => void lines.push(line) }))
  return lines.map(line => JSON.parse(line) as Record<string, unknown>)
}

test('an error is written with its stack and its cause', () => {
  const cause = new AppError('server.failed', { id: 7 })
  const [line] = written(log =>
    log.error({ error: new Error('broken', { cause }), requestId: 'r' }, 'request failed'),
  )

  expect(line).toMatchObject({
    msg: 'request failed',
    requestId: 'r',
    error: { type: 'Error', message: 'broken', cause: { code: 'server.failed', detail: { id: 7 } } },
  })
})

test('what a unique index tells of a person stays out of the log', () => {
  const error = new Error(
    'E11000 duplicate key error index: subject_1 dup key: { subject: "openid-of-somebody" }',
  )
  const lines = written(log => log.error({ error }))

  expect(JSON.stringify(lines)).not.toContain('openid-of-somebody')
})
