const OFFICE =
  /[\p{Script=Han}]{1,14}(?:〔|［|\[|（|\(|【)\s?(?:19|20)\d{2}\s?(?:〕|］|\]|）|\)|】)\s?第?\s?\d{1,5}\s?号/u
const ORDER =
  /(?:[\p{Script=Han}、]{0,40}?(?:主席|国务院|委员会|部|局|署|院|政府|中央军事委员会|办公室|总局))令\s?(?:[（(]?第\s?[\d０-９一二三四五六七八九十百零〇]+\s?号[）)]?|第?[\d０-９]+号)/u
const BARE_ORDER = /第\s?([\d０-９一二三四五六七八九十百零〇]+)\s?号令/

/** The 文号 among the lines around a text: 保政办发〔2023〕5号, 国务院令第711号; '' without one. */
export function documentNumberIn(lines: string[]): string {
  for (const line of lines) {
    const found = OFFICE.exec(line)
    if (found && line.length <= 80) return compact(found[0]).replace(/^(?:以|由|根据|经)/, '')
  }
  // The last order is the one that issued this version.
  for (const line of [...lines].reverse()) {
    const found = ORDER.exec(line) ?? BARE_ORDER.exec(line)
    if (found && line.length <= 120) return compact(found[0])
  }
  return ''
}

const compact = (text: string): string =>
  text
    .replace(/\s/g, '')
    .replace(/[［[（(【](?=(?:19|20)\d{2})/, '〔')
    .replace(/((?:19|20)\d{2})[］\]）)】]/, '$1〕')
