import { afterEach, describe, expect, test } from '@jest/globals'
import { Suggestion } from '#server/account/model'
import { QuestionReport } from '#server/question/model'
import { Attempt } from '#server/quiz/model'
import { startApp } from '../support/app.ts'
import { questions } from '../support/factories.ts'

const app = startApp({ at: '2026-11-23T09:00:00+08:00' })
afterEach(() => expect(app.failures).toEqual([]))

const NUMBERS = '请打 13874300001，身份证 433125198001011234'
const MASKED = '请打 138****0001，身份证 433***********1234'

/** A cadre and a blank question of today's paper. */
async function somebodyWithABlank(name: string) {
  await questions(5, { type: 'blank', options: [], key: ['一年'] })
  const cadre = await app.as(name)
  const { paper } = await cadre.call('GET /today')
  const id = paper.questions[0]?.question.id ?? ''
  return { cadre, id }
}

describe('an answer in words', () => {
  test('that carries a classification mark is refused and not stored', async () => {
    const { cadre, id } = await somebodyWithABlank('涉密')
    const call = cadre.call('POST /quiz/questions/:id/answer', {
      params: { id },
      body: { chosen: ['机密★10年'] },
    })

    await expect(call).rejects.toMatchObject({ status: 422, code: 'text.classified' })
    expect(await Attempt.countDocuments({ cadre: cadre.id })).toBe(0)
  })

  test('is stored without personal numbers', async () => {
    const { cadre, id } = await somebodyWithABlank('号码')
    await cadre.call('POST /quiz/questions/:id/answer', { params: { id }, body: { chosen: [NUMBERS] } })

    expect(await Attempt.findOne({ cadre: cadre.id }).lean()).toMatchObject({ chosen: [MASKED] })
  })
})

test('a suggestion and a report are stored without personal numbers', async () => {
  const { cadre, id } = await somebodyWithABlank('来信')
  await cadre.call('POST /suggestions', { body: { text: NUMBERS } })
  await cadre.call('POST /quiz/questions/:id/reports', {
    params: { id },
    body: { reason: 'other', text: NUMBERS },
  })

  expect(await Suggestion.findOne({ cadre: cadre.id }).lean()).toMatchObject({ text: MASKED })
  expect(await QuestionReport.findOne({ cadre: cadre.id }).lean()).toMatchObject({ text: MASKED })
})
