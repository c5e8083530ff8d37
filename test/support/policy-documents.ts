import type { PolicyDocument } from '#server/policy/retrieval/catalogue'

/** A document of a few articles, numbered from one. */
export function policyDocument(
  name: string,
  texts: string[],
  other: Partial<PolicyDocument> = {},
): PolicyDocument {
  const key = other.key ?? name
  return {
    key,
    name,
    otherNames: [],
    from: null,
    until: null,
    weight: 0,
    articles: texts.map((text, i) => ({
      key: `${key}#${i + 1}`,
      label: `第${'一二三四五六七八九十'[i] ?? String(i + 1)}条`,
      heading: '第一章 总则',
      text,
    })),
    ...other,
  }
}
