/** Why a row of an imported file was not taken, in the words the editor reads. */
export const reasons = {
  'file.unsupported': '不支持这种文件，请另存为 xlsx、csv、docx、txt、md 或 json 后再导入',
  'file.too-large': '文件太大或解压后太大，没有读取，请拆分后再导入',
  'file.too-slow': '文件读取时间太长，已停止，请拆分后再导入',
  'file.broken': '文件已损坏或编码无法识别，请重新保存后再导入',
  'file.encrypted': '文件设了密码，无法读取，请去掉密码后再导入',
  'file.no-text': '文件里没有文字（可能是扫描件），请先识别成文字再导入',
  'file.mismatch': '扩展名与文件内容不符，请改正扩展名后再导入',
  'file.empty': '文件里没有内容',
  'file.classified': '文件带有密级标志，整个文件没有导入，请勿导入涉密材料',
  'layout.unknown': '看不出这一部分哪里是题干、哪里是答案，请加上表头或题号后再导入',
  'row.classified': '这一题带有密级标志，没有导入，请勿导入涉密材料',
  'row.not-a-question': '这一项里没有题干和答案，不像一道题',
  'stem.missing': '没有题干',
  'stem.too-long': '题干或选项过长，像是多道题连在了一起',
  'stem.picture': '题目要看图片才能作答，图片无法导入',
  'options.missing': '题型或答案需要选项，但没有找到选项',
  'options.too-few': '选项只有一个，不能成题',
  'options.too-many': '选项超过十二个，像是多道题连在了一起',
  'options.gap': '中间有空缺的选项，可能漏了内容',
  'options.mislabelled': '选项前的字母与次序不符，可能漏了或串了内容',
  'options.repeated': '有两个选项内容相同，无法区分',
  'answer.missing': '没有答案',
  'answer.twice': '一道题下出现了两次答案，可能丢了一题的题号',
  'answer.too-long': '填空的答案过长或过多，无法作答',
  'answer.not-an-option': '答案不在选项里',
  'answer.ambiguous': '答案既可以看作选项字母，也可以看作选项内容，无法确定',
  'answer.contradicts-itself': '答案的字母和内容对不上，或标记与答案不一致',
  'answer.contradicts-stem': '题干括号里的答案与答案栏不一致',
  'answer.not-a-verdict': '判断题的答案看不出是对还是错',
  'answer.letter-unexplained': '判断题只给了字母，没有说明哪个字母表示正确',
  'index.undecided': '答案是序号，但从整个文件看不出是从 0 还是从 1 数起',
  'index.contradictory': '答案是序号，但文件里从 0 数起和从 1 数起的都有',
  'index.out-of-range': '答案的序号超出了选项个数',
  'type.not-markable': '这种题型不能自动判分（如简答、论述、案例分析）',
  'type.contradicts-key': '标明的题型与答案个数不符（如单选题有多个答案）',
  'type.contradicts-options': '标明的题型与选项不符（如填空题带有选项，判断题选项不是对错）',
  'question.conflict': '题库里已有同一道题，但答案不同，请核对哪个答案正确',
} as const

export type ReasonCode = keyof typeof reasons

/** The bank of questions made of reviewed answers. */
export const reviewBank = '人工审核'

/** What a judge question offers, whatever words its file used. */
export const judgeOptions = { right: '正确', wrong: '错误' } as const
