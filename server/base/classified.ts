/** A level as it marks a document: 绝密★, 机 密★10年, 密级：秘密, 【机密】. */
const MARKS = [
  /(绝\s*密|机\s*密|秘\s*密)\s*[★☆]/,
  /密\s*级\s*[:：]\s*(绝\s*密|机\s*密|秘\s*密)/,
  /【\s*(绝\s*密|机\s*密|秘\s*密)\s*】/,
]

/**
 * True when the text carries a classification mark as documents do (GB/T 9704: level, ★, term). Laws and questions
 * that only speak about 国家秘密, and an answer that is just the word, do not.
 */
export function isClassified(text: string): boolean {
  const plain = text.normalize('NFKC')
  return MARKS.some(mark => mark.test(plain))
}
