/** What the measuring commands say. */
export const wording = {
  retrieval: {
    evaluateSummary: '测检索质量：语料与问题（.jsonl 或 .json），与单双字 BM25 同场比较；--folds 交叉验证',
    learnSummary: '从有标准答案的问题学习用词表，供检索使用',
    filesWanted:
      '请给出 --corpus=语料文件或政策文件的文件夹 和 --queries=问题文件；db 是库里的文件，reviewed 是已发布的人工答复',
    noneReviewed: '还没有已发布的人工答复，没有可测的问题',
    outWanted: '请给出 --out=学习表文件',
    wrongFolds: '--folds 应是 2 到 20 的整数',
    badRow: (file: string, row: number) =>
      `${file} 第 ${row} 行读不懂：语料每行 {name, content}，问题每行 {question, gold}`,
    corpus: (documents: number, articles: number, ms: number) =>
      `语料 ${documents} 部、${articles} 条，建索引 ${(ms / 1000).toFixed(1)} 秒`,
    unknownGold: (count: number) => `有 ${count} 条标准答案不在语料里，按没有找到计`,
    head: '                      R@1     R@5     R@10    R@100   MRR@10  首条正确 前五条有 p50 毫秒  p95 毫秒',
    plain: '单双字 BM25',
    unlearned: '日知，未学习',
    learned: '日知，所带学习表',
    without: {
      citations: '  少了法名条号',
      'asking-words': '  少了去设问词',
      'everyday-words': '  少了口语词',
      heading: '  少了章节名',
      coverage: '  少了覆盖',
      lawShare: '  少了同法',
      length: '  少了长短和首条',
      links: '  少了学来的联想',
      lawPrior: '  少了常问的法',
    },
    folded: (folds: number) => `日知，${folds} 折交叉验证`,
    row: (name: string, shares: number[], times: number[]) =>
      [
        name +
          ' '.repeat(Math.max(1, 22 - [...name].reduce((width, c) => width + (c > '\u2e80' ? 2 : 1), 0))),
        ...shares.map(share => share.toFixed(4).padEnd(8)),
        ...times.map(time => time.toFixed(1).padEnd(10)),
      ]
        .join('')
        .trimEnd(),
    written: (file: string, words: number, laws: number) =>
      `学习表已写到 ${file}：${words} 个词，${laws} 部法`,
  },
  pairs: {
    summary: '从法律条文统计常见的双字，供判断依据够不够时使用',
    outWanted: '请给出 --out=双字表文件',
    written: (file: string, pairs: number) => `双字表已写到 ${file}：${pairs} 个双字`,
  },
  refusal: {
    evaluateSummary:
      '测拒答：条文还在的问题答了多少，条文拿掉的问题拒了多少；给出 --endpoint 时连同大模型一起测',
    learnSummary: '从 evaluate refusal --save 存下的结果，学习依据够不够的尺度',
    modelWanted: '测大模型要先设置 MODEL_BASE_URL、MODEL_KEY、MODEL_NAME；--model 可以另选一个名称',
    standIn: '演示用的替身模型不打分，请换成真的大模型',
    head: '                              有依据答了  无依据拒了  无关的拒了  问题数',
    wrongSizes: '--sizes 应是逗号隔开的条数（10 到 999999）或 all，如 50,500,all',
    excerpts: (size: string) => `原文摘录 ${size}`,
    withModel: (size: string) => `加大模型 ${size}`,
    mean: (size: string) => `平均 ${size}`,
    noModel: '大模型：没有测（没有给出 --endpoint）',
    row: (
      name: string,
      {
        answered,
        refused,
        strangers,
        questions,
      }: { answered: number; refused: number; strangers: number | null; questions: number },
    ) =>
      [
        name +
          ' '.repeat(Math.max(1, 30 - [...name].reduce((width, c) => width + (c > '\u2e80' ? 2 : 1), 0))),
        `${(answered * 100).toFixed(1)} %`.padEnd(12),
        `${(refused * 100).toFixed(1)} %`.padEnd(12),
        (strangers === null ? '没有测' : `${(strangers * 100).toFixed(1)} %`).padEnd(12),
        questions,
      ].join(''),
    saved: (file: string, count: number) => `已把 ${count} 个问题的结果接着写进 ${file}`,
    folded: (folds: number) => `${folds} 折交叉验证：`,
    gate: '尺度（写进 server/policy/answer/gate.ts）：',
    badRow: (file: string, row: number) => `${file} 第 ${row} 行读不懂，应是 evaluate refusal --save 写的`,
  },
}
