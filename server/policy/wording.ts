import type { Suspension } from './suspension.ts'

/** Why a policy file was not taken, in the words the editor reads. */
export const reasons = {
  'file.unsupported': '不支持这种文件，请另存为 docx、pdf、html、txt 或 md 后再导入',
  'file.other-format': '不是政策文件的格式，已跳过',
  'file.too-large': '文件超过 50 MB，或解压后太大，或文字超过 300 万，没有读取，请拆分后再导入',
  'file.too-slow': '文件读取时间太长，已停止，请拆分后再导入',
  'file.broken': '文件已损坏或编码无法识别，请重新保存后再导入',
  'file.encrypted': '文件设了密码，无法读取，请去掉密码后再导入',
  'file.no-text': '文件里没有文字，可能是扫描件，请先识别成文字（OCR）再导入',
  'file.mismatch': '扩展名与文件内容不符，请改正扩展名后再导入',
  'file.unreadable': '没有权限读取这个文件，或读取时出错',
  'file.empty': '文件里没有正文',
  'file.classified': '文件带有密级标志，没有导入也没有保存，请勿导入涉密材料',
  'file.sensitive':
    '文件里有不能收录的词（敏感词表中“拒收”的词），没有导入。确属法规用语的，请在词表里加一条“放行”',
  'file.too-many-articles': '文件里的条文太多，不像一份文件，请拆分后再导入',
} as const

export type ReasonCode = keyof typeof reasons

/** What an editor should look at in a file that was taken. */
export const notes = {
  'articles.gap': (before: string, label: string) => `条号不连续：${before}之后是${label}，原文可能有缺漏`,
  'articles.late-start': (_: string, label: string) => `条号从${label}开始，可能只是全文的一部分`,
  'articles.repeated': (before: string, label: string) => `条号回退：${before}之后是${label}`,
  'text.differs': (before: string) => `与 ${before} 是同一天的同一份文件，文字不同，现以本文件为准，请核对`,
  'day.unknown': () => '没有找到公布日期，请在文件名里写明，如“某办法(2024-05-01).docx”',
  'words.review': () => '文件里有需要复核的敏感词，已导入，请核对来源；命中的词见 audit log',
  'title.from-name': () => '正文里没有认出标题，用了文件名',
} as const

export type NoteCode = keyof typeof notes

/** Why a line of a status table was not taken. */
export const statusReasons = {
  'table.unknown': '没有找到表头。表里要有：文件名称、事件、日期、施行日期、取代它的文件、来源、核对日期',
  'title.missing': '没有写文件名称',
  'event.unknown': '事件应为：公布、修正、修订、废止、取代、现行有效 之一',
  'day.wrong': '日期应写成 2024-05-01 这样的形式',
  'from.wrong': '施行日期应写成 2024-05-01 这样的形式，不知道就留空',
  'checked.wrong': '核对日期应写成 2024-05-01 这样的形式，且不晚于今天',
  'source.missing': '没有写来源，每一行都要写明依据',
  'successor.missing': '事件为“取代”时要写明取代它的文件',
  'line.repeated': '与前面一行重复（同一文件、同一事件、同一日期）',
} as const

export type StatusReason = keyof typeof statusReasons

/** What became of a clause that something rests on. */
const changes: Record<Suspension['reason'], string> = {
  repealed: '已废止',
  unread: '已修改，新文本还没有收录',
  removed: '这一条已删去',
  changed: '这一条已修改',
  moved: '条号变了',
}

/** Why something stopped: law, article and what happened. */
export const suspensionWords = ({ law, label, reason, to }: Omit<Suspension, 'id'>): string =>
  `《${law}》${label}${changes[reason]}${to === '' ? '' : `，现为${to}`}`

/** Why a line of a table of sensitive words was not taken. */
export const wordReasons = {
  'table.unknown': '没有找到表头。表里要有：词、类别、处理（拒收、复核、放行）',
  'word.missing': '没有写词',
  'word.too-short': '词至少要有两个字，一个字会误伤正常的话',
  'word.too-long': '词太长了，请缩短到 40 字以内',
  'kind.missing': '没有写类别',
  'treatment.unknown': '处理应为：拒收、复核、放行 之一',
  'line.repeated': '与前面一行是同一个词',
} as const

export type WordReason = keyof typeof wordReasons
