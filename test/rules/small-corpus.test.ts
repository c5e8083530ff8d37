import { expect, test } from '@jest/globals'
import { smallCorpora } from '#server/cli/measure/small-corpus'

const documents = Array.from({ length: 40 }, (_, n) => ({
  ...{ key: `法${n}`, name: `法${n}`, otherNames: [], from: null, until: null, weight: 0 },
  articles: Array.from({ length: 30 }, (_, i) => ({
    ...{ key: `法${n}#第${i}条`, label: `第${i}条`, heading: '', text: '' },
  })),
}))
const questions = documents.map(({ key }, number) => ({
  number,
  question: key,
  gold: [`${key}#第${number % 30}条`],
}))

test('small corpora have about the size asked for, each question once with its clauses, and no document twice', () => {
  const corpora = smallCorpora(documents, questions, 50)

  expect(corpora.flatMap(one => one.questions.map(({ number }) => number)).sort((a, b) => a - b)).toEqual(
    questions.map(({ number }) => number),
  )
  for (const one of corpora) {
    const keys = one.documents.flatMap(({ articles }) => articles.map(({ key }) => key))
    expect(keys.length).toBeGreaterThanOrEqual(45)
    expect(keys.length).toBeLessThanOrEqual(65)
    for (const { gold } of one.questions) expect(keys).toEqual(expect.arrayContaining([...gold]))
    expect(new Set(one.documents.map(({ key }) => key)).size).toBe(one.documents.length)
  }
})

test('small corpora are the same each time they are made', () => {
  expect(smallCorpora(documents, questions, 100)).toEqual(smallCorpora(documents, questions, 100))
})
