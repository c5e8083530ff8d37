import type { LessonProblem, LessonProblemCode } from './lesson-form.ts'
import type { LessonRule } from './lint-finding.ts'

type Params = Record<string, string | number>

/** The heading of the section every lesson ends with. */
export const TOMORROW_HEADING = '明天就能做的一件事'

/** What a judge question offers. */
export const JUDGE_OPTIONS = { right: '正确', wrong: '错误' }

/** How an editor may write the key of a judge question. */
export const JUDGE_WORDS: ReadonlyMap<string, boolean> = new Map([
  ['正确', true],
  ['对', true],
  ['√', true],
  ['错误', false],
  ['错', false],
  ['×', false],
])

const PROBLEMS: Record<LessonProblemCode, (params: Params) => string> = {
  'file.no-front-matter': () => '文件开头没有用 --- 隔开的课程信息。',
  'file.yaml': p => `课程信息的写法有误，读不出来（${p['message']}）。`,
  'file.name': p => `文件名“${p['name']}”要用小写字母、数字和短横，例如 01-xinfang.md。`,
  'field.missing': () => '没有填写。',
  'field.type': p =>
    `类型不对${p['expected'] === undefined ? '' : `，应为${TYPES[String(p['expected'])] ?? p['expected']}`}。`,
  'field.value': p => `取值不对${p['allowed'] === undefined ? '' : `，可用 ${p['allowed']}`}。`,
  'field.long': p => `太长，最多 ${p['max']} 个字。`,
  'field.few': p => `太少，至少 ${p['min']} 项。`,
  'field.many': p => `太多，最多 ${p['max']} 项。`,
  'field.unknown': p => `没有“${p['key']}”这一项，请检查拼写。`,
  'body.empty': () => '正文没有小节，小节标题以 ## 开头。',
  'body.text-before-heading': () => '第一个 ## 标题之前有文字，请移到小节里。',
  'body.section-empty': p => `小节“${p['heading']}”没有内容。`,
  'body.unsupported': p =>
    `这里的写法（${TOKENS[String(p['what'])] ?? p['what']}）不支持，请用段落、列表或引用。`,
  'body.after-tomorrow': p => `“${TOMORROW_HEADING}”应是最后一节，它后面还有“${p['heading']}”。`,
  'question.options': () => '选择题没有选项。',
  'question.no-options': () => '判断题和填空题不写选项。',
  'question.one-key': p => `单选题要有一个正确选项，现在有 ${p['keys']} 个。`,
  'question.two-keys': p => `多选题至少有两个正确选项，现在有 ${p['keys']} 个。`,
  'question.option-twice': p => `选项“${p['text']}”重复。`,
  'question.judge-key': p => `判断题的 key 写“正确”或“错误”，现在是“${p['key']}”。`,
  'question.no-key': () => '填空题没有写答案。',
  'question.key-field': () => '选择题在正确选项上写 key: true，不另写 key。',
  'question.gaps': p => `题干有 ${p['gaps']} 个空，答案有 ${p['keys']} 个。`,
}

/** Rules of the question bank; some of them hold for lessons too. */
const QUESTION_FINDINGS: Record<string, (params: Params) => string> = {
  'option-length': p => `选项长短悬殊：最长 ${p['longest']} 字，中位数 ${p['median']} 字，应不超过 1.5 倍。`,
  'option-twice': p => `选项“${p['text']}”重复。`,
  'all-of-the-above': p => `选项“${p['text']}”只是指向其他选项，请换成具体内容。`,
  'double-negative': p => `出现双重否定“${p['text']}”，请改成肯定的说法。`,
  'unmarked-negative': p => `题干问的是反面（“${p['text']}”），请把否定词加粗或加引号。`,
  'date-trivia': p => `答案只是日期或文号（${p['text']}），请改问该怎么做。`,
  'why-missing': p => `干扰项 ${p['labels']} 没有写错在哪里。`,
  'explanation-missing': () => '没有解析。',
  'explanation-long': p => `解析 ${p['length']} 字，最多 ${p['max']} 字。`,
  'explanation-repeats': () => '解析只重复了答案，请写规定、理由和做法。',
  'source-missing': () => '没有写依据。',
  'source-incomplete': p => `依据“${p['law']}”缺少：${fieldNames(p)}。`,
  'sentence-long': p => `句子超过 ${p['max']} 字：“${p['text']}”。`,
  slogan: p => `像口号：“${p['text']}”，请换成具体的话。`,
  absolute: p => `说得太满：“${p['text']}”。`,
  'key-position': p => `单选题的答案有 ${p['share']} 在 ${p['label']}，应不超过 40%。`,
  'key-uneven': p => `单选题答案的位置不匀：${p['counts']}。`,
  'judge-share': p => `判断题占 ${p['share']}，应不超过 ${p['max']}。`,
  'scenario-share': p => `情景题占 ${p['share']}，应不少于 ${p['min']}。`,
}

const FINDINGS: Record<
  Exclude<LessonRule, 'sentence-long' | 'slogan' | 'absolute'>,
  (params: Params) => string
> = {
  'lesson-length': p => `正文 ${p['length']} 个汉字，应在 ${p['min']} 到 ${p['max']} 之间。`,
  'lesson-sections': p => `正文 ${p['sections']} 节，应有 ${p['min']} 到 ${p['max']} 节，另加最后一节。`,
  'tomorrow-missing': () => `缺少最后一节“${TOMORROW_HEADING}”。`,
  'lesson-sources': p => `依据“${p['law']}”缺少：${fieldNames(p)}。`,
  'review-overdue': p => `复核期限 ${p['day']} 已到。`,
  'question-count': p => `有 ${p['questions']} 道题，应有 ${p['min']} 到 ${p['max']} 道。`,
  'title-long': p => `标题超过 ${p['max']} 字。`,
  'scene-long': p => `场景超过 ${p['max']} 字。`,
}

const TYPES: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: ' true 或 false',
  array: '列表',
  object: '一组字段',
}

const TOKENS: Record<string, string> = {
  image: '图片',
  html: 'HTML',
  table: '表格',
  code: '代码',
  codespan: '代码',
  heading: '其他级别的标题',
  hr: '分隔线',
  list: '列表里套列表',
  blockquote: '引用里套别的内容',
}

const FIELDS: Record<string, string> = { article: '条款', version: '版本', checkedOn: '核对日期' }

/** A problem of a lesson file in one Chinese sentence, with its line and field in front. */
export function wordProblem({ code, place, line, params }: LessonProblem): string {
  const where = [line === null ? '' : `第 ${line} 行`, place].filter(part => part !== '').join('，')
  return `${where}${where === '' ? '' : '：'}${PROBLEMS[code](params)}`
}

/** A finding of the lint, about a question or a lesson, in one Chinese sentence. */
export function wordFinding({
  rule,
  where,
  params,
}: {
  rule: string
  where: string
  params: Params
}): string {
  const words: Record<string, (params: Params) => string> = { ...QUESTION_FINDINGS, ...FINDINGS }
  return `${where}${where === '' ? '' : '：'}${words[rule]?.(params) ?? rule}`
}

function fieldNames(params: Params): string {
  return String(params['fields'])
    .split('、')
    .map(field => FIELDS[field] ?? field)
    .join('、')
}
