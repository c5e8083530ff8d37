const OFFICE_END =
  '(?:人民政府(?:办公厅|办公室)?|人民代表大会(?:常务委员会)?|国务院(?:办公厅)?|委员会(?:办公厅|办公室)?|人民法院|人民检察院|办公厅|办公室|党组|部|委|局|厅|署|院|会|团|联合会|总工会|指挥部|领导小组|总公司|银行)'
const BY_TITLE = new RegExp(
  `^((?:[\\p{Script=Han}]{2,30}?${OFFICE_END})(?:[、 ]\\s?[\\p{Script=Han}]{2,30}?${OFFICE_END})*)\\s?(?:关于|印发|实施|贯彻)`,
  'u',
)
const ORDER = new RegExp(`((?:[\\p{Script=Han}、]{2,60}?))(?:公告|令)\\s?(?:[（(]?第|公布)`, 'u')
const ISSUED = new RegExp(`([\\p{Script=Han}、]{2,60}?${OFFICE_END})\\s?(?:公布|发布|印发|批准)`, 'u')
/** The day of force stands behind the day of issue: …印发，自2024年7月1日起施行. */
const FORCE = /[，、；\s]?自[^，。；]{1,20}日起(?:正式)?(?:施行|实施|执行|生效).*/
const SIGNER = new RegExp(`^[\\p{Script=Han}、 ]{2,40}${OFFICE_END}$`, 'u')

/** Who issued a document, by its title, its history or its signature; '' where none tells. */
export function issuerOf(title: string, notes: string[], closing: string[]): string {
  const titled = BY_TITLE.exec(title.replace(/^中华人民共和国(?=最高)/, ''))
  if (titled?.[1]) return titled[1].replace(/院\s?(?=最高)/g, '院、')
  const national = notes.map(assemblyIn).findLast(each => each !== '')
  if (national !== undefined) return national
  const party = notes.filter(note => /中共中央/.test(note))
  if (party.length > 0) return party.some(note => /国务院/.test(note)) ? '中共中央、国务院' : '中共中央'
  for (const pattern of [ORDER, ISSUED]) {
    for (const note of notes) {
      const found = pattern.exec(
        note
          .replace(/《[^》]*》/g, '')
          .replace(FORCE, '')
          .replace(/^[（(]?.*日\s?/, ''),
      )
      if (found?.[1]) return plainOffice(found[1])
    }
  }
  const court = notes.map(note => /(最高人民(?:法院|检察院))(?:审判委员会|.{0,12}检察委员会)/.exec(note)?.[1])
  const courts = [...new Set(court.filter(each => each !== undefined))]
  if (courts.length > 0) return courts.join('、')
  const council = notes.some(note => /国务院(?:第.{1,12}次)?(?:常务会议|全体会议|批准|发布|公布)/.test(note))
  if (council) return '国务院'
  const signed = closing.filter(line => SIGNER.test(line))
  return signed.map(line => line.replace(/\s/g, '')).join('、')
}

const plainOffice = (name: string): string =>
  name
    .replace(/^(?:由|经|以|根据)/, '')
    .replace(/中华人民共和国(?=国务院|主席|中央军事|[\p{Script=Han}]{1,8}(?:部|局|总署|委员会))/gu, '')
    .trim()

function assemblyIn(line: string): string {
  const note = line.replace(/[（(]?\s?\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日\s?/g, ' ')
  const found =
    /第[一二三四五六七八九十\d]+届(全国人民代表大会(?:常务委员会)?|[\p{Script=Han}]{2,20}人民代表大会(?:常务委员会)?)/u.exec(
      note,
    )
  if (found?.[1]) return found[1]
  const local = /([\p{Script=Han}]{2,20}第[一二三四五六七八九十]+届人民代表大会(?:常务委员会)?)/u.exec(note)
  return local?.[1]?.replace(/第[一二三四五六七八九十]+届/, '') ?? ''
}
