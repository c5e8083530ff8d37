/** How far a document reaches. */
export interface Region {
  level: 'state' | 'province' | 'prefecture' | 'county'
  /** The names that are known, the widest first: 湖南省, 湘西土家族苗族自治州, 保靖县; empty for the whole state. */
  path: string[]
}

export const WHOLE_STATE: Region = { level: 'state', path: [] }

const PROVINCES =
  '北京市|天津市|上海市|重庆市|河北省|山西省|辽宁省|吉林省|黑龙江省|江苏省|浙江省|安徽省|福建省|江西省|山东省|河南省|湖北省|湖南省|广东省|海南省|四川省|贵州省|云南省|陕西省|甘肃省|青海省|台湾省|内蒙古自治区|广西壮族自治区|西藏自治区|宁夏回族自治区|新疆维吾尔自治区'
const PROVINCE = new RegExp(`^(?:${PROVINCES})`)
const PREFECTURE = /^[\p{Script=Han}]{2,14}?(?:自治州|地区|盟|市)/u
const COUNTY = /^[\p{Script=Han}]{1,12}?(?:自治县|自治旗|县|旗|区|市)/u
/** What ends like a place and is none. */
const NO_PLACE =
  /^(?:国家|中国|全国|中央|开发|跨|城市|城区|市县|县市|全市|全县|本市|本县|农村|社区|小区|地区|山区|景区|灾区|园区|矿区|林区|辖区|自治|国有|股市|上市|超市|都市|门市|集市|行政区|民族自治地区|经济特区|特别行政区|保护区|开发区|自由贸易|出口加工区|保税区)|(?:小区|社区|园区|保护区|加工区|景区|口岸地区)$/
const OFFICE =
  /^(?:人民政府|人民代表大会|人大|政府|委员会|常务委员会|党委|县委|市委|州委|委|纪委|教育|民政|财政|农业|卫生|自治条例|[\p{Script=Han}]{2,12}(?:局|办公室|委员会|条例|办法|规定|规则|细则))/u

/** The place a title or an issuer begins with; null where it begins with none. */
export function regionIn(text: string): Region | null {
  const path: string[] = []
  let rest = text.replace(/^中共/, '').replace(/\s/g, '')
  const province = PROVINCE.exec(rest)?.[0]
  if (province !== undefined) {
    path.push(province)
    rest = rest.slice(province.length)
  }
  const prefecture = place(PREFECTURE, rest)
  // Without its province only the name of an autonomous prefecture is plain enough.
  if (
    prefecture !== null &&
    (province !== undefined || /自治州$/.test(prefecture) || follows(rest, prefecture))
  ) {
    path.push(prefecture)
    rest = rest.slice(prefecture.length)
  }
  const county = place(COUNTY, rest)
  if (county !== null && (path.length > 0 || follows(rest, county))) path.push(county)
  return path.length === 0 ? null : { level: levelOf(path, province), path }
}

const place = (pattern: RegExp, text: string): string | null => {
  const found = pattern.exec(text)?.[0]
  return found === undefined || NO_PLACE.test(found) || /[和与及的或]/.test(found) ? null : found
}

const follows = (text: string, name: string): boolean => OFFICE.test(text.slice(name.length))

function levelOf(path: string[], province: string | undefined): Region['level'] {
  const last = path.at(-1) ?? ''
  if (path.length === 1 && province !== undefined) return 'province'
  if (/(?:自治县|自治旗|县|旗|区)$/.test(last) && !/地区$/.test(last)) return 'county'
  // 省、市、市: a city below a prefecture is of a county's rank; so is a district of a city under the state.
  return path.length >= 3 ? 'county' : 'prefecture'
}

/** The region an editor names: 湖南省/湘西土家族苗族自治州/保靖县, or any part of it; null when it is no place. */
export function readRegion(text: string): Region | null {
  const path = text.split(/[\s/、>＞·]+/).filter(each => each !== '')
  if (path.length === 0) return null
  if (/^(?:全国|国家|中央)$/.test(path.join(''))) return WHOLE_STATE
  if (!path.every(each => /(?:省|自治区|市|自治州|地区|盟|县|旗|区)$/.test(each))) return null
  const [first = ''] = path
  return { level: levelOf(path, PROVINCE.test(first) ? first : undefined), path }
}
