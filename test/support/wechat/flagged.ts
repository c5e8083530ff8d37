import { Refusal } from '../platform/desk.ts'

/** What a word, or a part of an address, is taken for. */
export interface Flagged {
  suggest: 'review' | 'risky'
  label: number
}

/** What a check says of something. */
export interface Judgement {
  result: { suggest: string; label: number }
  detail: { strategy: string; errcode: number; suggest: string; label: number }[]
}

const NOTHING = { suggest: 'pass', label: 100 }

/** What is found in a text, the worst of it first; a finding alone is no failure. */
export function judged(text: string, words: ReadonlyMap<string, Flagged>): Judgement {
  const hits = [...words].filter(([word]) => text.includes(word))
  const found = hits.map(([, flagged]) => flagged)
  return {
    result: found.find(({ suggest }) => suggest === 'risky') ?? found[0] ?? NOTHING,
    detail:
      hits.length === 0
        ? [{ strategy: 'content_model', errcode: 0, ...NOTHING }]
        : hits.map(([keyword, flagged]) => ({ strategy: 'keyword', errcode: 0, ...flagged, keyword })),
  }
}

/** Throws unless a call is of version 2 and names a scene. */
export function checkScene({ version, scene }: Record<string, unknown>): void {
  if (version !== 2) throw new Refusal(47001, 'invalid version')
  if (![1, 2, 3, 4].includes(scene as number)) throw new Refusal(40129, 'invalid scene')
}
