import { calculateObjectSize, type Document, ObjectId } from 'bson'

/** One learner-like document of about 400 bytes; the same number always makes the same one. */
export const documentOf = (i: number): Document => ({
  _id: idOf(i),
  email: emailOf(i),
  n: i,
  g: groupOf(i),
  score: (i * 7919) % SCORES,
  at: new Date(1_700_000_000_000 + i * 61_000),
  tags: [`a${i % 5}`, `b${i % 7}`],
  profile: { name: `cadre ${i}`, bio: 'x'.repeat(200) },
})

/** Scores are spread evenly below this. */
export const SCORES = 100_003

export const idOf = (i: number): ObjectId => new ObjectId(`65a0c3d2${i.toString(16).padStart(16, '0')}`)
export const emailOf = (i: number): string => `user${i}@example.com`
/** Ten groups, so that the smallest collection has more of each than a page shows. */
export const groupOf = (i: number): string => `g${i % 10}`

/** Bytes of an average document. */
export const DOCUMENT_BYTES = calculateObjectSize(documentOf(123_456))
