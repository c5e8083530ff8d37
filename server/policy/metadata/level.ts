import type { Region } from './region.ts'

/** 效力层级, the highest first. */
export const LEVELS = [
  'constitution',
  'law',
  'regulation',
  'interpretation',
  'party',
  'local-regulation',
  'rule',
  'normative',
] as const
export type Level = (typeof LEVELS)[number]

/** What is known of a document before its level is. */
export interface Known {
  title: string
  issuer: string
  number: string
  notes: string[]
  category: string
  region: Region
}

/** The level of a document by who issued it in which form; the folder it was kept in decides where that leaves doubt. */
export function levelOf(known: Known): Level {
  const { title, issuer, category, notes } = known
  const plain = title.replaceAll('中华人民共和国', '')
  if (/^宪法(?:修正案|$)/.test(plain)) return 'constitution'
  if (/最高人民(?:法院|检察院)/.test(issuer) || /^最高人民/.test(plain)) return 'interpretation'
  const council = levelOfFolder(category) === 'regulation' && !notes.some(note => /政治局/.test(note))
  if ((/中共|中国共产党/.test(issuer) && !council) || /^中国共产党/.test(plain)) {
    return /(?:条例|准则|规定|办法|规则|细则|章程)(?:（[^）]*）)?$/.test(plain) ? 'party' : 'normative'
  }
  if (/^全国人民代表大会|^全国人大/.test(issuer)) return 'law'
  if (known.region.level !== 'state') return localLevel(known)
  return levelOfFolder(category) ?? stateLevel(known)
}

function localLevel({ title, issuer, number, notes }: Known): Level {
  if (/人民代表大会|人大/.test(issuer) || /自治条例|单行条例/.test(title)) return 'local-regulation'
  if (/条例$/.test(title)) return 'local-regulation'
  const ordered = [number, ...notes].some(text => /政府令/.test(text))
  return ordered && !/通知$|意见$|方案$/.test(title) ? 'rule' : 'normative'
}

function levelOfFolder(category: string): Level | null {
  if (/司法解释/.test(category)) return 'interpretation'
  if (/行政法规/.test(category)) return 'regulation'
  if (/规章/.test(category)) return 'rule'
  if (/地方性法规|自治条例|单行条例/.test(category)) return 'local-regulation'
  if (/党内法规/.test(category)) return 'party'
  if (/规范性文件|政策文件/.test(category)) return 'normative'
  return /宪法相关法|民法|商法|刑法|行政法|经济法|社会法|程序法|^法律/.test(category) ? 'law' : null
}

function stateLevel({ title, issuer, number, notes }: Known): Level {
  const ordered = [number, ...notes].some(text => /令\s?[（(]?第|号令/.test(text))
  const notice = /(?:通知|意见|方案|通报|函|公告|纲要|规划|计划|要点|批复)(?:（[^）]*）)?$/.test(title)
  if (/国务院/.test(issuer)) return notice || !(ordered || /条例$/.test(title)) ? 'normative' : 'regulation'
  if (/法$/.test(title)) return 'law'
  if (ordered && !notice) return 'rule'
  return /条例$/.test(title) ? 'regulation' : 'normative'
}

/** Whether a folder by its name holds only documents of the state. */
export const isStateFolder = (category: string): boolean =>
  ['law', 'regulation', 'interpretation'].includes(levelOfFolder(category) ?? '') || /部门规章/.test(category)
