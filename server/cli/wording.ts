import { levelNames } from '../policy/answer/wording.ts'

const levels: Record<string, string> = levelNames

interface VersionLine {
  versions: string[]
  day: string | null
  from: string | null
  until: string | null
  told: boolean
  standing: 'not-yet' | 'in-force' | 'superseded' | 'repealed'
  confirmed: boolean
  articles: number
  ending:
    { kind: 'version' } | { kind: 'repeal'; successor: string; source: string } | { kind: 'expiry' } | null
}

/** 现行有效 is said only of what an editor confirmed. */
function standingWords({ standing, confirmed, ending, until }: VersionLine): string {
  if (standing === 'in-force') return confirmed ? '现行有效' : '适用（效力未经核对）'
  if (standing === 'not-yet') return '尚未施行'
  if (standing === 'superseded') return `${until ?? ''} 起有新版`
  if (ending?.kind === 'expiry') return `${until ?? ''} 起有效期满`
  const by = ending?.kind === 'repeal' ? `（${ending.successor || ending.source}）` : ''
  return `${until ?? ''} 起废止${by}`
}

/** What a model was used for. */
interface Used {
  answers: number
  promptTokens: number
  completionTokens: number
  /** Yuan. */
  cost: number
}

/** What the command line tool says to an operator or editor. */
export const wording = {
  title: '日知命令行工具',
  usage: '用法：npm run cli -- 命令 [参数] [选项]',
  commands: '命令：',
  help: '  help                                  显示这份说明',
  unknownCommand: (name: string) => `没有“${name}”这个命令。`,
  wrongWords: (usage: string) => `参数个数不对。用法：npm run cli -- ${usage}`,
  wrongOption: (message: string) => `选项不对：${message}`,
  failed: '没有完成：',
  progress: (done: number, of: number | undefined) => (of === undefined ? `已处理 ${done}` : `${done}/${of}`),
  place: (file: string, row: number | null) => (row === null ? file : `${file} 第 ${row} 行`),
  noFile: (file: string) => `找不到文件 ${file}`,
  noFileOrFolder: (name: string) => `找不到文件或文件夹 ${name}`,
  noReport: (id: string) => `没有编号为 ${id} 的待答复反馈`,
  noQuestion: (id: string) => `没有编号为 ${id} 的题目`,
  noFolder: (folder: string) => `找不到文件夹 ${folder}`,
  noLessons: (folder: string) => `文件夹 ${folder} 里没有 .md 课程文件`,

  importQuestions: {
    summary: '导入题库（.xlsx .xls .csv .json .md .txt .docx .doc，自动识别版式）',
    dryRun: '只检查，没有写入题库。',
    counts: (bank: string, accepted: number, duplicate: number, rejected: number) =>
      `题库“${bank}”：收下 ${accepted} 题，重复 ${duplicate} 题，未收 ${rejected} 题`,
    rejected: (file: string, place: string, reason: string, stem: string) =>
      `${file} ${place}：${reason}${stem === '' ? '' : `（${stem}）`}`,
    more: (count: number) => `……还有 ${count} 题，用 --report 文件.json 看全部`,
    written: (file: string) => `报告已写到 ${file}`,
  },
  importPolicies: {
    summary: '导入政策文件（.docx .doc .pdf .html .txt .md，文件夹或单个文件；可中断后再来）',
    wrongDay: (text: string) => `--collected 应是不晚于今天的日期，如 2026-11-01，不能是“${text}”`,
    wrongRegion: (text: string) =>
      `--region 应是地名，如 湖南省/湘西土家族苗族自治州/保靖县，不能是“${text}”`,
    look: (line: string) => `请看一看：${line}`,
    more: (count: number) => `……还有 ${count} 条，用 --report 文件.json 看全部`,
    noDay:
      '没有写 --collected，各文件的“收录截至”按它自身的日期算；知道收集到哪一天请写明，如 --collected 2026-11-01',
    counts: (
      counts: Record<'added' | 'version' | 'changed' | 'unchanged' | 'skipped' | 'rejected', number>,
      articles: number,
      passages: number,
    ) =>
      `新增 ${counts.added} 份，新版本 ${counts.version} 份，文字有变 ${counts.changed} 份，未变 ${counts.unchanged} 份，跳过 ${counts.skipped} 份，未收 ${counts.rejected} 份；入库 ${articles} 条、${passages} 段`,
  },
  showPolicy: {
    summary: '查一份政策文件：有哪些版本、某一天适用哪一版、某一条怎么写',
    wrongDay: (text: string) => `--on 应是日期，如 2015-06-01，不能是“${text}”`,
    absent: (name: string) => `没有收录“${name}”`,
    ended: (name: string, successor: string, source: string) =>
      `没有收录“${name}”；它已${successor === '' ? '废止' : `由《${successor}》取代`}（${source}）`,
    document: (title: string, level: string, region: string[], collectedOn: string | null) =>
      `${title}（${levels[level] ?? level}${region.length === 0 ? '' : `，${region.join('')}`}，收录截至 ${collectedOn ?? '不详'}）`,
    version: (version: VersionLine) =>
      [
        `  ${version.day ?? '日期不详'} 版`,
        `${version.from ?? '不详'}${version.told ? '' : '（按公布日推定）'}起施行`,
        standingWords(version),
        version.versions.length === 0 ? '文本没有收录' : `${version.articles} 条`,
      ].join('，'),
    noArticle: (label: string) => `  没有${label}`,
    oldWords: (day: string | null) => `当日适用的文本没有收录，下面是 ${day ?? '日期不详'} 的旧版：`,
  },
  showUsage: {
    summary: '大模型每天用了多少次、多少 token、花了多少钱',
    day: ({ day, answers, promptTokens, completionTokens, cost }: Used & { day: string }) =>
      `${day}：${answers} 次，输入 ${promptTokens}，输出 ${completionTokens}，${cost.toFixed(2)} 元`,
    sum: (days: readonly Used[]) =>
      `合计 ${days.reduce((sum, { answers }) => sum + answers, 0)} 次，${days.reduce((sum, { cost }) => sum + cost, 0).toFixed(2)} 元`,
    none: '这段时间没有用过大模型',
    wrongDays: '--days 应为 1 到 9999 的整数',
  },
  checkSources: {
    summary: '核对题目和微课的依据：条文已修改、废止的列出来；--suspend 时停用这些题目',
    question: (id: string, stem: string) => `题目 ${id}（${stem}）`,
    stopped: (questions: number, answers: number) =>
      `依据的条文有变化，已停用 ${questions} 题、${answers} 条人工答复，等编辑核对（check sources 查看）`,
    lesson: (title: string) => `微课“${title}”`,
    answer: (id: string, question: string) => `人工答复 ${id}（${question}）`,
    line: (what: string, why: string) => `${what}：${why}`,
    good: (questions: number, lessons: number) => `核对 ${questions} 题、${lessons} 课，依据没有变化`,
    bad: (questions: number, lessons: number, found: number) =>
      `核对 ${questions} 题、${lessons} 课，${found} 处依据有变化，请编辑核对`,
    suspended: (count: number) => `已停用 ${count} 题；核对后在“待审”里恢复或停用，题目也可用 publish 恢复`,
  },
  importStatus: {
    summary: '导入效力状态表（公布、修正、修订、废止、取代、现行有效）；不带文件时导入自带的表',
    counts: (report: Record<'added' | 'changed' | 'unchanged' | 'withdrawn' | 'absent', number>) =>
      `新增 ${report.added} 行，更改 ${report.changed} 行，未变 ${report.unchanged} 行，撤下 ${report.withdrawn} 行；其中 ${report.absent} 份文件还没有收录`,
    refused: (count: number) => `${count} 行有误，整张表没有导入；改好后再导入`,
  },
  importLessons: {
    summary: '导入文件夹里的微课（Markdown）',
    counts: (added: number, changed: number, unchanged: number, rejected: number) =>
      `新增 ${added} 课，更新 ${changed} 课，未变 ${unchanged} 课，未收 ${rejected} 处`,
  },
  lint: {
    summary: '按“有说服力的内容”检查微课文件夹或题库；不带参数时检查自带样例',
    question: (file: string, number: number) => `${file} 第 ${number} 题`,
    level: { error: '必须改', warning: '请留意' },
    counts: (lessons: number, questions: number, errors: number, warnings: number) =>
      `检查了 ${lessons} 课、${questions} 题：必须改 ${errors} 处，请留意 ${warnings} 处`,
    emptyBank: (bank: string | undefined) => (bank === undefined ? '题库是空的' : `没有名为“${bank}”的题库`),
    bankOrFolder: '--bank 和文件夹只能选一个',
  },
  audit: {
    summary: '核对积分：每个人的积分等于流水之和',
    mismatch: (cadre: string, figure: string, standing: number, ledger: number) =>
      `${cadre} ${figure === 'total' ? '总积分' : figure}：账户 ${standing}，流水合计 ${ledger}`,
    good: (cadres: number, entries: number) => `核对 ${cadres} 人、${entries} 笔，全部相符`,
    bad: (cadres: number, entries: number, count: number) =>
      `核对 ${cadres} 人、${entries} 笔，${count} 处不符`,
  },
  reports: {
    summary: '列出还没有答复的“这题有误”',
    none: '没有待答复的反馈',
    reasons: { key: '答案有误', stem: '题干有误', outdated: '规定已变', other: '其他' },
    line: (id: string, reason: string, replyBy: string, question: string) =>
      `${id}  ${reason}  ${replyBy} 前答复  题目 ${question}`,
    stem: (stem: string) => `    题干：${stem}`,
    text: (text: string) => `    说明：${text}`,
  },
  retire: { summary: '停用一道题：以后的试卷不再出', done: '已停用，以后的试卷不再出这道题' },
  publish: { summary: '重新启用一道停用的题', done: '已启用' },
  suggestions: {
    summary: '列出还没有答复的投诉建议',
    none: '没有待答复的投诉建议',
    line: (id: string, replyBy: string, text: string) => `${id}  ${replyBy} 前答复  ${text}`,
  },
  answerSuggestion: { summary: '答复一条投诉建议', done: '已答复，本人在“投诉建议”里能看到' },
  noSuggestion: (id: string) => `没有编号为 ${id} 的投诉建议，请用 suggestions 查看编号`,
  answerReport: {
    summary: '答复一条“这题有误”',
    done: '已答复',
  },
  correct: {
    summary: '更正一道题的答案或解析；已答过的按新答案重新判分',
    nothing: '请给出 --key 或 --explanation',
    badKey: '答案不在选项里，或与题型不符：单选、判断一个，多选两个以上',
    done: (papers: number, points: number) => `已更正，重新判分 ${papers} 份，补发 ${points} 分`,
  },
  database: {
    help: [
      '单独运行内置数据库，供测试或别的程序用 MongoDB 驱动连接。',
      '用法：npm run database -- --data 文件夹 [--port 端口] [--fsync always|interval] [--repair]',
      '      npm run database -- --memory [--port 端口]',
      '',
      '  --data 文件夹    数据放在哪里；没有就新建',
      '  --memory         只放在内存里，停止后什么都不留',
      '  --port 端口      默认 27017；0 表示任意空闲端口。只监听 127.0.0.1',
      '  --fsync 方式     always（默认）每次确认前写到磁盘；interval 每 100 毫秒一次',
      '  --repair         数据文件损坏又没有备份时，保留损坏处以前的数据',
      '  --help           显示这份说明',
    ].join('\n'),
    ready: (uri: string) => `内置数据库已启动：${uri}`,
    stopped: '内置数据库已停止，数据已全部写到磁盘',
    stoppedMemory: '内置数据库已停止',
    notStopped: '内置数据库没有正常停止：',
    cannotOpen: '内置数据库无法启动：',
    dataMissing: '请用 --data 指定数据文件夹，或用 --memory 只放在内存里。',
    dataOrMemory: '--data 和 --memory 只能选一个。',
    wrongFsync: '--fsync 应为 always 或 interval。',
    wrongPort: '--port 应为 0 到 65535 的整数。',
    portTaken: (port: number) => `端口 ${port} 已被占用，请换一个：--port ${port + 1}，或 --port 0 任选`,
    portForbidden: (port: number) => `没有权限使用端口 ${port}，请换 1024 以上的端口`,
    folderImpossible: (folder: string) =>
      `不能使用文件夹 ${folder}：不存在又不能新建，或没有写入权限。请换一个文件夹`,
    format: '数据文件夹由另一个版本的日知写成，这个版本读不了。请用写它的版本，或换一个文件夹',
    folderInUse: '数据文件夹正被另一个日知或数据库使用，请先停止它，或换一个文件夹',
    damaged: (file: string, offset: number) =>
      `数据文件 ${file} 在 ${offset} 字节处损坏。请先备份整个文件夹；有备份就从备份恢复，没有就加上 --repair 启动一次，保留损坏处以前的数据`,
  },
}
