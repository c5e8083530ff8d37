import { expect, test } from '@jest/globals'
import { type CheckedText, moderationOf } from '#server/policy/answer/moderation'

test.each<[string, CheckedText['verdict'], number, string]>([
  ['nothing found', 'pass', 100, 'pass'],
  ['politics, whatever the verdict', 'risky', 20001, 'review'],
  ['politics in doubt', 'review', 20001, 'review'],
  ['politics that passed', 'pass', 20001, 'review'],
  ['advertising', 'risky', 10001, 'refuse'],
  ['pornography', 'risky', 20002, 'refuse'],
  ['abuse', 'risky', 20003, 'refuse'],
  ['crime', 'risky', 20006, 'refuse'],
  ['fraud', 'risky', 20008, 'refuse'],
  ['vulgarity', 'risky', 20012, 'refuse'],
  ['crime in doubt', 'review', 20006, 'review'],
  ['copyright, which laws have none of', 'risky', 20013, 'review'],
  ['another reason', 'risky', 21000, 'review'],
  ['no reason', 'risky', 100, 'review'],
  ['a label nobody knows yet', 'risky', 99999, 'review'],
])('%s: %s with label %i becomes %s', (_, verdict, label, outcome) => {
  expect(moderationOf({ verdict, label })).toBe(outcome)
})
