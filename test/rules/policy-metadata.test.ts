import { describe as group, expect, test } from '@jest/globals'
import { dayInName, daysIn, readDay } from '#server/policy/metadata/date'
import { describe } from '#server/policy/metadata/describe'
import { repealsIn } from '#server/policy/metadata/repeal'
import { readRegion, regionIn } from '#server/policy/metadata/region'
import { namesOf, plainTitle, titleKey } from '#server/policy/metadata/title'
import { blocksOf } from '#server/policy/split/block'
import { splitDocument } from '#server/policy/split/split'

const described = (text: string, path = '文件.txt') => {
  const lines = text.split('\n').map((line, at) => ({ at: at + 1, text: line }))
  return describe(splitDocument(blocksOf([{ kind: 'text', name: '', lines }])), { path })
}

group('days', () => {
  test.each([
    ['2019年4月23日', '2019-04-23'],
    ['２０１９年４月２３日', '2019-04-23'],
    ['二〇一九年四月二十三日', '2019-04-23'],
    ['一九九五年十二月三十日', '1995-12-30'],
    ['2019 年 4 月 3 日', '2019-04-03'],
  ])('%s is %s', (text, day) => expect(daysIn(`经${text}通过`).map(each => each.day)).toEqual([day]))
  test.each(['2019年13月1日', '2019年2月30日', '4月23日', '二〇一九年'])('%s is none', text =>
    expect(daysIn(text)).toEqual([]),
  )
  test.each([
    ['条例(2019-04-23)', '2019-04-23'],
    ['条例_20190423', '2019-04-23'],
    ['条例2019年04月23日', '2019-04-23'],
    ['条例', null],
    ['1234567890', null],
  ])('the file %s is of %j', (name, day) => expect(dayInName(name)).toBe(day))
  test.each([
    ['2024/5/1', '2024-05-01'],
    ['20240501', '2024-05-01'],
    ['2024年5月1日', '2024-05-01'],
    ['2024-02-30', null],
    ['明天', null],
  ])('an editor who types %s means %j', (text, day) => expect(readDay(text)).toBe(day))
})

group('titles', () => {
  test.each([
    ['中华人民共和国某法（2018年修正）', '中华人民共和国某法'],
    ['某条例(2019-04-23)', '某条例'],
    ['《某办法》', '某办法'],
    ['某办法（试行）', '某办法（试行）'],
    ['某修正案（1988年）', '某修正案（1988年）'],
  ])('%s is plainly %s', (text, title) => expect(plainTitle(text)).toBe(title))

  test('however it is written it is the same document', () => {
    const keys = [
      '关于适用〈中华人民共和国某法〉的解释',
      '关于适用《某法》的解释',
      '关于适用<某法> 的解释',
    ].map(titleKey)
    expect(new Set(keys).size).toBe(1)
  })
  test('a law has its short and its usual names', () => {
    expect(namesOf('中华人民共和国村民委员会组织法')).toEqual(
      expect.arrayContaining(['村民委员会组织法', '村委会组织法', '村组法']),
    )
    expect(namesOf('关于适用《中华人民共和国民事诉讼法》的解释')).toEqual(
      expect.arrayContaining(['民事诉讼法司法解释', '民诉法解释']),
    )
    expect(namesOf('某县人民政府关于印发《某县用水办法》的通知')).toContain('某县用水办法')
  })
})

group('places', () => {
  test.each([
    ['湖南省人民政府', 'province', ['湖南省']],
    ['湖南省湘西土家族苗族自治州保靖县人民政府', 'county', ['湖南省', '湘西土家族苗族自治州', '保靖县']],
    ['湘西土家族苗族自治州人民代表大会常务委员会', 'prefecture', ['湘西土家族苗族自治州']],
    ['保靖县人民政府办公室', 'county', ['保靖县']],
    ['中共保靖县委办公室', 'county', ['保靖县']],
    ['长沙市人民政府', 'prefecture', ['长沙市']],
    ['北京市朝阳区人民政府', 'county', ['北京市', '朝阳区']],
  ])('%s is of a %s', (text, level, path) => expect(regionIn(text)).toEqual({ level, path }))
  test.each([
    '国家市场监督管理总局',
    '城市居民委员会组织法',
    '国务院',
    '农村社区管理办法',
    '市场主体登记办法',
  ])('%s is of no place', text => expect(regionIn(text)).toBeNull())
  test.each([
    ['湖南省/湘西土家族苗族自治州/保靖县', 'county'],
    ['保靖县', 'county'],
    ['湘西土家族苗族自治州', 'prefecture'],
    ['全国', 'state'],
  ])('an editor who types %s means a %s', (text, level) => expect(readRegion(text)).toMatchObject({ level }))
  test('what is no place is refused', () => expect(readRegion('我们这里')).toBeNull())
})

group('a document describes itself', () => {
  test('a regulation of the State Council that was changed', () => {
    const text = `某某条例
2003年3月1日 中华人民共和国国务院令第372号公布
2019年3月2日《国务院关于修改部分行政法规的决定》第二次修订
第一条 为了办事，制定本条例。
第二条 本条例自2003年9月1日起施行。1995年1月26日发布的《某某暂行规定》同时废止。`
    expect(described(text)).toMatchObject({
      ...{
        key: '某某条例',
        day: '2019-03-02',
        promulgatedOn: '2003-03-01',
        issuer: '国务院',
        level: 'regulation',
      },
      force: { from: '2019-03-02', basis: 'derived' },
      region: { level: 'state', path: [] },
      repeals: [{ key: '某某暂行规定', label: '第二条', from: '2003-09-01' }],
    })
  })
  test('a law that is yet to come into force', () => {
    const text = `中华人民共和国某某法
（2025年4月30日第十四届全国人民代表大会常务委员会第十五次会议通过）
第一条 为了办事，制定本法。
第二条 本法自2026年1月1日起施行。`
    expect(described(text)).toMatchObject({
      ...{
        title: '中华人民共和国某某法',
        issuer: '全国人民代表大会常务委员会',
        level: 'law',
        day: '2025-04-30',
      },
      force: { from: '2026-01-01', basis: 'text' },
    })
  })
  test('a notice of a county, by its number and its signature', () => {
    const text = `某政办发〔2023〕5号
保靖县人民政府办公室关于做好防火工作的通知
各乡镇人民政府：
请做好防火工作。
保靖县人民政府办公室
2023年2月20日`
    expect(described(text)).toMatchObject({
      ...{
        key: '保靖县人民政府办公室关于做好防火工作的通知 某政办发〔2023〕5号',
        number: '某政办发〔2023〕5号',
      },
      ...{ issuer: '保靖县人民政府办公室', level: 'normative', day: '2023-02-20' },
      region: { level: 'county', path: ['保靖县'] },
    })
  })
  test('a regulation of an autonomous prefecture', () => {
    const text = `湘西土家族苗族自治州某某条例
（2020年1月10日湘西土家族苗族自治州第十四届人民代表大会第五次会议通过）
第一条 为了办事，制定本条例。`
    expect(described(text)).toMatchObject({
      level: 'local-regulation',
      issuer: '湘西土家族苗族自治州人民代表大会',
      region: { level: 'prefecture', path: ['湘西土家族苗族自治州'] },
    })
  })
  test('the file name helps where the text says nothing', () => {
    expect(described('第一条 为了办事。', '行政法规/某某条例(2011-01-08).md')).toMatchObject({
      ...{ title: '某某条例', day: '2011-01-08', category: '行政法规', level: 'regulation' },
    })
  })
})

group('a document that limits itself', () => {
  test.each([
    ['本办法自2024年6月1日起施行，有效期两年。', '2026-06-01'],
    ['本办法自2024年6月1日起施行，有效期至2027年5月31日。', '2027-06-01'],
    ['本办法自2024年6月1日起施行，试行期1年。', '2025-06-01'],
    ['本办法自2024年6月1日起施行。许可证有效期由县局规定。', null],
  ])('%s ends on %j', (text, until) => {
    expect(described(`某县用水办法\n第一条 ${text}`).force).toMatchObject({ from: '2024-06-01', until })
  })
})

test('a notice that issues rules is known by their name too, and dated by its signature', () => {
  const text = `某县人民政府办公室文件
某政办发〔2024〕12号
某县人民政府办公室
关于印发《某县用水办法
（试行）》的通知
各乡镇人民政府：
现印发给你们，请执行。
某县人民政府办公室
2024年4月18日
（此件主动公开）
某县用水办法（试行）
第一条 用水先登记。
第二条 本办法自2024年6月1日起施行。《某县旧用水办法》（某政办发〔2018〕9号）同时废止。
抄送：县委办公室。
某县人民政府办公室 2024年4月18日印发`
  expect(described(text)).toMatchObject({
    title: '某县人民政府办公室关于印发《某县用水办法（试行）》的通知',
    ...{
      number: '某政办发〔2024〕12号',
      issuer: '某县人民政府办公室',
      day: '2024-04-18',
      level: 'normative',
    },
    region: { level: 'county', path: ['某县'] },
    force: { from: '2024-06-01', basis: 'text' },
    repeals: [{ key: '某县旧用水办法', number: '某政办发〔2018〕9号', label: '第二条' }],
  })
  expect(described(text).names).toContain('某县用水办法（试行）')
})

test('rules of a county printed by an office: issuer and region, though the day of force stands behind', () => {
  const text = `某县来信办理规则（示例）
（2024年6月20日某县人民政府办公室印发，自2024年7月1日起施行）
第一条 来信当日登记。`
  const found = described(text)
  expect(found).toMatchObject({
    ...{ issuer: '某县人民政府办公室', region: { level: 'county', path: ['某县'] } },
    ...{ day: '2024-06-20', force: { from: '2024-07-01', basis: 'text' } },
  })
  // Nobody writes 示例 when asking for it.
  expect(found.names).toContain('某县来信办理规则')
})

group('repeals', () => {
  test.each([
    ['《甲条例》同时废止。', ['甲条例']],
    ['国务院发布的《甲条例》、《乙办法》和《丙规定》同时废止。', ['甲条例', '乙办法', '丙规定']],
    ['《关于适用〈甲法〉的解释》（法释〔2001〕1号）同时废止。', ['关于适用〈甲法〉的解释']],
    ['《甲条例》第三条同时废止。', []],
    ['依照《甲条例》颁发的证书同时废止。', []],
    ['《甲条例》同时施行。', []],
  ])('%s names %j', (text, titles) => {
    expect(repealsIn('', text, null).map(({ title }) => title)).toEqual(titles)
  })
})
