const STATE = '中华人民共和国'
/** How a title tells its version: （2018年修正）, (2019-04-23), _20190423. */
const VERSION_MARK =
  /\s?[（(]\s?(?:\d{4}\s?年?\s?(?:第[一二三四五六]次)?\s?(?:修[正订改](?:本|版|稿)?|施行|公布|发布)|修[正订改](?:本|版|稿)?|(?:19|20)\d{2}[-.]\d{1,2}[-.]\d{1,2})\s?[）)]|[_\s]?(?:19|20)\d{6}$/g
const ABBREVIATED = [
  ['全国人民代表大会常务委员会', '全国人大常委会'],
  ['人民代表大会', '人大'],
  ['常务委员会', '常委会'],
  ['村民委员会', '村委会'],
  ['居民委员会', '居委会'],
  ['最高人民法院', '最高法'],
  ['最高人民检察院', '最高检'],
] as const
/** Names everybody uses that no rule gives. */
const KNOWN = new Map([
  ['民事诉讼法', ['民诉法']],
  ['刑事诉讼法', ['刑诉法']],
  ['行政诉讼法', ['行诉法']],
  ['治安管理处罚法', ['治安处罚法', '治安法']],
  ['道路交通安全法', ['道交法', '交通安全法']],
  ['消费者权益保护法', ['消法']],
  ['农村土地承包法', ['土地承包法']],
  ['村民委员会组织法', ['村组法', '村民组织法']],
  ['环境保护法', ['环保法']],
  ['政府信息公开条例', ['信息公开条例']],
  ['未成年人保护法', ['未保法']],
  ['个人信息保护法', ['个保法']],
  ['安全生产法', ['安法']],
  ['劳动争议调解仲裁法', ['劳动仲裁法']],
  ['农民专业合作社法', ['合作社法']],
  ['保守国家秘密法', ['保密法']],
  ['公职人员政务处分法', ['政务处分法']],
  ['地方各级人民代表大会和地方各级人民政府组织法', ['地方组织法']],
  ['全国人民代表大会和地方各级人民代表大会选举法', ['选举法']],
  ['全国人民代表大会和地方各级人民代表大会代表法', ['代表法']],
  ['各级人民代表大会常务委员会监督法', ['监督法']],
])

/** A title without marks around it and without what tells its version. */
export function plainTitle(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim().replace(VERSION_MARK, '')
  const whole = /^《([^《》]+)》$/.exec(plain)
  return (whole?.[1] ?? plain).trim()
}

/** What makes two titles the same: no white space, one kind of brackets, no 中华人民共和国. */
export const titleKey = (title: string): string =>
  plainTitle(title)
    .replaceAll(STATE, '')
    .replace(/\s/g, '')
    .replace(/[〈<＜]/g, '《')
    .replace(/[〉>＞]/g, '》')
    .replace(/[(〔[]/g, '（')
    .replace(/[)〕\]]/g, '）')
    .replace(/[《》“”"]/g, '')
    .replace(/最高人民法院(?=最高人民检察院)/g, '最高人民法院、')

/** Everything a document is called, its full title first. */
export function namesOf(title: string): string[] {
  const full = plainTitle(title)
  const short = full.startsWith(STATE) ? full.slice(STATE.length) : full
  const names = [full, short]
  const untried = short.replace(/[（(](?:试行|暂行|草案|示例)[）)]$/, '')
  if (untried !== short) names.push(untried)
  const abbreviated = ABBREVIATED.reduce((name, [long, brief]) => name.replaceAll(long, brief), short)
  names.push(abbreviated, ...(KNOWN.get(short) ?? []), ...interpretationNames(short))
  names.push(...issuedTitle(full).flatMap(namesOf))
  return [...new Set(names)]
}

/** The names by which tables and other documents mean this one: its title, and that of the rules a notice issues. */
export const formalNames = (title: string): string[] => [plainTitle(title), ...issuedTitle(plainTitle(title))]

function issuedTitle(title: string): string[] {
  const issued = /^.*关于(?:印发|发布|公布|转发)《([^《》]+(?:《[^《》]+》[^《》]*)*)》的(?:通知|公告)$/.exec(
    title,
  )
  return issued?.[1] === undefined ? [] : [issued[1]]
}

/** 关于适用《民事诉讼法》的解释 is called 民事诉讼法司法解释 and 民诉法解释. */
function interpretationNames(title: string): string[] {
  const found =
    /关于适用《(?:中华人民共和国)?([^《》]+)》(.*?)(?:若干问题)?的(解释|规定|批复)(（[一二三四五六七八九十]+）)?$/.exec(
      title,
    )
  if (found === null) return []
  const [, law = '', about = '', kind = '', number = ''] = found
  const laws = [law, ...(KNOWN.get(law) ?? [])]
  const kinds = kind === '解释' ? ['司法解释', '解释'] : [kind]
  return laws.flatMap(name => kinds.map(each => `${name}${about}${each}${number}`))
}
