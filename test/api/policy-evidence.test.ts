import { beforeAll, describe, expect, test } from '@jest/globals'
import { startApp } from '../support/app.ts'
import { bodies, say } from '../support/chat.ts'
import { samplePolicies } from '../support/policies.ts'

const app = startApp({ at: '2026-11-28T09:00:00+08:00' })
beforeAll(() => samplePolicies(app.now))

let askers = 0
/** What the clauses of an answer say; null for a refusal. */
const clausesFor = async (question: string): Promise<string | null> => {
  askers += 1
  const { messages } = await say(await app.as(`问政策的${askers}`), question)
  const [answer] = bodies(messages, 'answer')
  if (!answer) throw new Error(`no answer to ${question}: ${JSON.stringify(messages)}`)
  return answer.refused ? null : answer.clauses.map(({ text }) => text).join('\n')
}

describe('over a handful of documents a question whose clause is there is answered with it', () => {
  test.each([
    ['村民小组能不能自己决定出租集体荒山？', '村民小组会议'],
    ['出租荒山要走哪些程序？', '下列程序'],
    ['出租集体荒山要走哪些程序，怎么办？', '下列程序'],
    ['申请出租荒山要交什么材料', '四至'],
    ['出租荒山要公示几天', '不少于七日'],
    ['群众来信多久要答复？', '六十日内'],
    ['来信人对答复不服怎么办', '申请复查'],
    ['村民代表会议中餐标准是多少？', '25'],
    ['会议用餐能不能上烟酒', '烟酒'],
    ['租期最长多少年', '二十年'],
    ['租金什么时候入账', '租金'],
    ['租金多久调整一次', '三年'],
    ['承租人拖欠租金怎么办？', '解除合同'],
  ])('%s', async (question, words) => {
    expect(await clausesFor(question)).toContain(words)
  })
})

describe('over a handful of documents a question of another matter is refused', () => {
  test.each([
    '离婚财产怎么分割',
    '酒驾怎么处罚',
    '工伤认定需要什么材料',
    '火星上的土地怎么登记产权？',
    '公务员年休假有几天',
    '低保怎么申请',
    '养老保险缴费年限是多少',
    '未成年人打工违法吗',
    '宅基地面积标准是多少',
    '医保报销比例是多少',
    '林木采伐许可证怎么办',
    '干部出差住宿标准是多少',
    '公务接待标准是多少',
  ])('%s', async question => {
    expect(await clausesFor(question)).toBeNull()
  })
})

describe('a near miss is refused, too: its words are there, its matter is not', () => {
  test.each(['村民委员会主任怎么罢免', '村民小组能不能自己决定卖掉集体的矿山？'])('%s', async question => {
    expect(await clausesFor(question)).toBeNull()
  })
})
