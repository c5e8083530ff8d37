import type { Lesson } from '#shared/course'
import type { Question, Solution } from '#shared/question'

/** A question with what may be shown after its answer. */
export interface Item {
  question: Question
  solution: Solution
}

const id = (number: number): string => number.toString(16).padStart(24, '0')

const villages = [{ law: '村民委员会组织法', article: '第二十四条', version: '2018年修正', checkedOn: '2026-10-12' }]
const petitions = [{ law: '信访工作条例', article: '第二十三条', version: '2022年5月1日起施行', checkedOn: '2026-09-30' }]

/** One lesson of three sections, as the course feature would give it. */
export const lesson: Lesson = {
  id: id(1),
  title: '村里的地要流转，先过哪一关',
  category: '村务管理',
  topic: '村民自治',
  scene: '茶厂想租沟边二十亩集体地，村主任说“支委会点头就行”，老会计却把合同压了下来。',
  minutes: 3,
  sections: 3,
  reached: 0,
  finished: false,
  body: [
    {
      heading: '老会计为什么不盖章',
      blocks: [
        {
          type: 'paragraph',
          spans: [
            { text: '清明前，茶厂老板来签租地合同：沟边二十亩，一租十年。村主任说支委会碰过头了，' },
            { text: '老会计却把公章锁进了抽屉', strong: true },
            { text: '。他说：“地是大家的，大家还没说话。”' },
          ],
        },
        { type: 'paragraph', spans: [{ text: '这不是抬杠。集体土地往外租，关系到每一户，不是几个人点头就能定的事。' }] },
      ],
    },
    {
      heading: '法律把这件事交给谁',
      blocks: [
        { type: 'quote', spans: [{ text: '涉及村民利益的下列事项，经村民会议讨论决定方可办理。' }] },
        {
          type: 'list',
          ordered: true,
          items: [
            [{ text: '先公示：地块、面积、租期、租金写清楚。' }],
            [{ text: '再开会：村民会议，或者经授权的村民代表会议。' }],
            [{ text: '后签字：表决结果当场记下，参会人签名。' }],
          ],
        },
      ],
    },
    {
      heading: '签了也可能不算数',
      blocks: [
        { type: 'paragraph', spans: [{ text: '跳过表决签下的合同，村民可以请求撤销。茶厂投了钱、村里退了租，两头都伤。' }] },
      ],
    },
  ],
  tomorrow: [
    {
      type: 'paragraph',
      spans: [{ text: '翻出本村最近一份租地合同，看后面附没附表决记录。没有的，先补一次公示。' }],
    },
  ],
  sources: villages,
  reviewBy: '2027-06-30',
  overdue: false,
}

const labels = ['A', 'B', 'C', 'D']
const options = (...texts: string[]): Question['options'] =>
  texts.map((text, index) => ({ label: labels[index] ?? '', text }))

/** Five questions, one of each type and a second single. */
export const items: Item[] = [
  {
    question: {
      id: id(11),
      type: 'single',
      topic: '村民自治',
      stem: '村里要把二十亩集体土地租给茶厂十年，支委会已经同意。签合同前还差哪一步？',
      options: options('报乡镇备案后即可签', '提交村民会议或经授权的村民代表会议表决', '由村民小组长签字确认', '在村微信群里接龙同意'),
      blanks: 0,
    },
    solution: {
      key: ['B'],
      explanation: '集体土地出租关系全体村民，要由村民会议或经授权的代表会议表决。先公示再表决，结果记录在案。',
      reasons: [
        { label: 'A', text: '备案代替不了村民自己的决定。' },
        { label: 'C', text: '小组长不能代表全村决定集体财产。' },
        { label: 'D', text: '接龙核不了人数，也没有会议记录。' },
      ],
      sources: villages,
    },
  },
  {
    question: {
      id: id(12),
      type: 'multiple',
      topic: '信访',
      stem: '群众带着材料来乡政府反映低保问题，当班干部当场应该做哪几件事？',
      options: options('登记姓名、事项和诉求', '能当场答复的当场答复', '让他先回去等电话', '不归本级管的，告诉他该找谁'),
      blanks: 0,
    },
    solution: {
      key: ['A', 'B', 'D'],
      explanation: '来访要登记，能答复的当场答复，不属于本级职责的要告知向谁提出。一句“回去等”容易变成没有下文。',
      reasons: [{ label: 'C', text: '没有登记就让人等，事情会丢。' }],
      sources: petitions,
    },
  },
  {
    question: {
      id: id(13),
      type: 'judge',
      topic: '村民自治',
      stem: '村民代表会议可以讨论决定村民会议授权给它的事项。',
      options: options('正确', '错误'),
      blanks: 0,
    },
    solution: {
      key: ['A'],
      explanation: '人数较多或居住分散的村可以设村民代表会议，在授权范围内作决定。',
      reasons: [],
      sources: villages,
    },
  },
  {
    question: {
      id: id(14),
      type: 'blank',
      topic: '信访',
      stem: '对转送的信访事项，有权处理的机关应当自收到之日起（　　）日内决定是否受理。',
      options: [],
      blanks: 1,
    },
    solution: { key: ['15'], explanation: '十五日内决定是否受理，并书面告知信访人。', reasons: [], sources: petitions },
  },
  {
    question: {
      id: id(15),
      type: 'single',
      topic: '茶园管理',
      stem: '茶园打过药，安全间隔期还差两天，客商催着采。您在现场，怎么办？',
      options: options('先采一半应付', '等间隔期满再采，并跟客商说明', '多洗两遍再采', '让客商自己决定'),
      blanks: 0,
    },
    solution: {
      key: ['B'],
      explanation: '安全间隔期内禁止采收。提前采的茶农残可能超标，丢的是整个保靖黄金茶的牌子。',
      reasons: [
        { label: 'A', text: '采一半也是超期采收。' },
        { label: 'C', text: '鲜叶水洗去不掉内吸的农药。' },
      ],
      sources: [{ law: '农药管理条例', article: '第三十四条', checkedOn: '2026-10-08' }],
    },
  },
]
