/** What a word on the list means for the text it stands in. */
export type Severity = 'refuse' | 'review'

interface WordGroup {
  kind: string
  severity: Severity
  words: readonly string[]
}

/**
 * Words that a policy assistant for cadres does not take, by kind. The list is small on purpose: words that laws and
 * honest questions use stand in none of them. Editors add to it; `refuse` is for what has no honest use.
 */
export const SENSITIVE_WORDS: readonly WordGroup[] = [
  {
    kind: 'violence',
    severity: 'refuse',
    words: [
      '炸弹制作方法',
      '自制炸药教程',
      '枪支制作教程',
      '怎么杀人不被发现',
      '雇凶杀人',
      '投毒教程',
      '人肉炸弹',
    ],
  },
  {
    kind: 'drugs',
    severity: 'refuse',
    words: ['冰毒制作', '制毒配方', '出售迷药', '迷奸药', '听话水购买', '笑气批发', '麻古货源'],
  },
  {
    kind: 'pornography',
    severity: 'refuse',
    words: ['裸聊', '约炮', '援交', '成人视频', '色情直播', '上门服务小姐', '一夜情交友'],
  },
  {
    kind: 'gambling',
    severity: 'refuse',
    words: [
      '赌博平台代理',
      '博彩开户',
      '六合彩内幕',
      '百家乐技巧',
      '澳门线上赌场',
      '跑分赚钱',
      '地下钱庄兑换',
    ],
  },
  {
    kind: 'fraud',
    severity: 'refuse',
    words: [
      '代开发票联系',
      '低价代开发票',
      '办假证',
      '代办文凭',
      '刷单返利',
      '高价收银行卡',
      '收购对公账户',
      '高考答案出售',
      '公务员考试答案',
    ],
  },
  {
    kind: 'abuse',
    severity: 'review',
    words: ['傻逼', '煞笔', '操你妈', '草泥马', '去死吧', '狗官', '王八蛋', '畜生不如', '滚你妈'],
  },
  {
    kind: 'cult',
    severity: 'review',
    words: ['法轮大法', '全能神教', '门徒会传教', '三退保平安'],
  },
  {
    kind: 'incitement',
    severity: 'review',
    words: [
      '推翻政府',
      '我们要颠覆政权',
      '支持台独',
      '支持藏独',
      '支持疆独',
      '打倒共产党',
      '暴力抗法教程',
      '组织围攻政府',
      '号召上街闹事',
    ],
  },
]

/** Phrases in which a word of the list is fine: names of offences, words of the law, talk about prevention. */
export const ALLOWED_PHRASES: readonly string[] = [
  '裸聊敲诈',
  '裸聊诈骗',
  '防范裸聊',
  '查处办假证',
  '打击办假证',
  '刷单返利诈骗',
  '刷单返利类诈骗',
  '警惕刷单返利',
  '骂狗官',
  '法轮大法等邪教',
  '推翻政府罪',
]

/** Characters that stand in for others to slip through. */
export const DISGUISES: readonly (readonly [disguise: string, plain: string])[] = [
  ['發', '发'],
  ['賭', '赌'],
  ['國', '国'],
  ['證', '证'],
  ['辦', '办'],
  ['開', '开'],
  ['單', '单'],
  ['薇', '微'],
  ['緩', '援'],
  ['政俯', '政府'],
  ['發嫖', '发票'],
  ['发嫖', '发票'],
  ['裸蓼', '裸聊'],
]
