import type { ChatAction } from '#shared/chat'

type Command = Exclude<ChatAction, { type: 'answer' | 'dont-know' | 'postpone' }>

/** The words for each command. */
export const commands: [Command, string[]][] = [
  [
    { type: 'start' },
    ['开始', '开始答题', '开始今日一测', '今日一测', '答题', '去答题', '做题', '开始做题', '继续今日一测'],
  ],
  [{ type: 'next' }, ['下一题', '继续', '下一道', '下一个', '继续答题', '下题']],
  [{ type: 'lesson' }, ['今日一课', '今天的课', '今日课程', '上课', '看课', '今天学什么']],
  [{ type: 'wrong-book' }, ['错题', '错题本', '我的错题', '看错题']],
  [{ type: 'practise', scope: 'due' }, ['复习', '复习到期', '复习今日到期', '开始复习']],
  [{ type: 'practise', scope: 'wrong' }, ['练错题', '重做错题', '再练错题', '错题再练']],
  [{ type: 'points' }, ['我的积分', '积分', '查积分', '看积分']],
  [{ type: 'policy' }, ['问政策', '政策咨询', '咨询政策', '政策问答', '我要咨询', '怎么问政策']],
  [{ type: 'help' }, ['帮助', '?', 'help', '怎么用', '使用帮助']],
]
/** A wrong answer, honestly given. */
export const DONT_KNOW = new Set(['不会', '不知道', '不懂', '不清楚', '不会做', '答不上来'])
/** The question may wait. */
export const POSTPONE = new Set(['跳过', '先跳过', '跳过这题', '跳过这道题', '跳过本题'])
/** True, as people type it. */
export const RIGHT = new Set(['对', '对的', '正确', '√', '✓', '✔', '是', '是的', '没错', 't', 'true'])
/** False, as people type it. */
export const WRONG = new Set([
  '错',
  '错的',
  '错误',
  '不对',
  '不正确',
  '×',
  '✗',
  '✘',
  '✕',
  'x',
  '否',
  '不是',
  'f',
  'false',
])
