import { prepare } from '#server/policy/prepare'
import { writeNumeral } from '#server/policy/split/numeral'
import { readTextDocument } from '#server/reading/document'

const FILES = 1_000
const ARTICLES = 65

/** How fast documents become articles, without the time of the database. */
export interface PolicyFigures {
  articles: number
  megabytes: number
  articlesPerSecond: number
}

const CLAUSE =
  '县级以上地方人民政府有关部门应当按照各自职责，依法对登记事项进行监督检查，及时公布检查结果，并接受社会监督。'

/** A law as files of laws are: chapters, articles of two paragraphs, some with items. */
function law(number: number): Buffer {
  const lines = [
    `# 第${writeNumeral(number)}号登记条例`,
    '2019年3月1日 国务院令第711号公布',
    '<!-- INFO END -->',
  ]
  for (let at = 1; at <= ARTICLES; at++) {
    if (at % 10 === 1) lines.push(`## 第${writeNumeral((at - 1) / 10 + 1)}章 登记与监督`)
    lines.push(`第${writeNumeral(at)}条 ${CLAUSE}`, CLAUSE)
    if (at % 4 === 0)
      lines.push('（一）姓名或者名称；', '（二）住所和联系方式；', '（三）法律、法规规定的其他事项。')
  }
  return Buffer.from(lines.join('\n\n'))
}

/** Reads, splits and describes a thousand made-up laws. */
export async function benchPolicies(): Promise<PolicyFigures> {
  const files = Array.from({ length: FILES }, (_, at) => ({
    path: `第${at}号(2019-03-01).md`,
    bytes: law(at + 1),
  }))
  let articles = 0
  const start = performance.now()
  for (const { path, bytes } of files) {
    const prepared = prepare(await readTextDocument(bytes, path), { path })
    if (!('refused' in prepared)) articles += prepared.cited.length
  }
  const seconds = (performance.now() - start) / 1000
  const megabytes = files.reduce((sum, { bytes }) => sum + bytes.length, 0) / 2 ** 20
  return { articles, megabytes, articlesPerSecond: articles / seconds }
}
