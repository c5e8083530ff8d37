/** The fields a question bank may name in a header, a label or a property. */
export type Field =
  | 'stem'
  | 'options'
  | 'answer'
  | 'explanation'
  | 'type'
  | 'difficulty'
  | 'topic'
  | 'law'
  | 'number'
  | 'secrecy'
  | 'right'
  | 'distractor'
  | 'ignored'

/**
 * Whole names of fields: lower case, half width, without spaces, punctuation and notes in brackets.
 * The first pattern that fits the whole name counts.
 */
export const FIELD_NAMES: readonly [Field, RegExp][] = [
  ['number', /(题目?|试题|问题)?(序号|编号|题号|id|号)|no|num|number|index|questionid|seq|uuid|_id/],
  ['secrecy', /密级|保密级别|涉密等级|classification|secrecy/],
  [
    'type',
    /(题目|试题|考题|问题|题|类)?(题型|类型|类别|型)|题型名称|试题类型名称|题目分类型|leixing|tixing|typech|(question|ques|qst|q|item|exam|topic|problem|tm|timu|st)?type(name)?|kind|qtype/,
  ],
  [
    'ignored',
    /(题目|试题|本题|每题)?(分值|分数|得分|分)|score|points?|mark|出题人|作者|创建时间|更新时间|时间|备用|图片|状态|选项(数|个数|数量)|答案(数|个数)|image|img|pic/,
  ],
  [
    'right',
    /是否(为|是)?(正确|答案|正确答案|正确选项|对)|正确与否|正确(或|还是)?错误|对错|正误|判断结果|(is)(answer|correct|right)/,
  ],
  [
    'distractor',
    /(干扰|错误)(项|选项|答案)(\d|[一二三四五])?|(incorrect|wrong)(answers?|options?|choices?)\d?|distractors?\d?/,
  ],
  [
    'options',
    /(备选|可选|题目|试题|候选|全部|所有|所有的)?(选项|选择项|备选项|备选答案|候选答案|可选项|选择支)(内容|列表|信息|集|集合)?|(answer)?(options?|choices?|opts)(list|s|text)?|xuanxiang|optionlist|items|candidates|selections?/,
  ],
  [
    'answer',
    /(正确|标准|参考|试题|题目|本题|最终)?(答案|答|正确选项|正确项)(内容|列表|序号)?|(correct|right|standard|reference|true)_?(answers?|options?|choices?|index|indexes|key|keys|ans)|answers?|ans|key|keys|correct|solution|rightkey|正确答案选项|answer(key|index|s|text|list|indexes)|daan/,
  ],
  [
    'explanation',
    /(答案|试题|题目|正确|详细|参考|习题)?(解析|说明|分析|详解|解答|释义|点评|依据说明|题解|解释|讲解)(内容|说明)?|解题思路|答题解析|(answer)?(analysis|explanation|explain|explanations|rationale|comment|jiexi|analyze|analyse|parse|feedback|reason)/,
  ],
  [
    'difficulty',
    /(题目|试题)?(难度|难易|难易度|难易程度|难度系数|难度等级|难度级别)|difficulty|difficult|level|diff/,
  ],
  [
    'law',
    /(出处|来源|依据|法律依据|政策依据|出题依据|法规|法条|文件依据|参考依据|文件出处)(文件)?|law\d?|source|reference|basis/,
  ],
  [
    'topic',
    /(所属|题目|试题|一级|二级)?(章节|知识点|知识点名称|分类|类目|专题|主题|科目|课程|学科|领域|模块|专业|范围|目录|章|知识模块|题库|题库分类|题目分类|业务领域)|(topic|chapter|category|subject|knowledge|knowledgepoint|tags?|course|module|scope|section)(name)?/,
  ],
  [
    'stem',
    /(试题|考题|题目|问题|习题|题)?(题干|题目|题面|试题|考题|问题|题|内容|描述|正文|名称|标题|主干)(内容|描述|正文|题干|信息)?|试题正文|(question|ques|qst|exam|topic|problem|test|tm|timu|st)(text|content|contents|stem|title|body|name|desc|description)|question|stem|title|content|prompt|q|subject_?text|ask|tigan|timu|problem|text|body|name/,
  ],
]

/** Property or column of one option: 选项A, A选项, A, 选项1, 备选项1, optionA, choice_2. Groups: the letter or number. */
export const OPTION_NAMES: readonly RegExp[] = [
  /(?:备?选择?项|备选答案|候选项|候选答案|可选项|选择|option|choice|opt|ans|answer|item|xx|select)?([a-l])(?:选项|项)?/,
  /(?:备?选择?项|备选答案|候选项|候选答案|可选项|选择|option|choice|opt|item|select)(\d{1,2}|[一二三四五六七八九十])/,
]

/** 答案A or 答案1: an option where another column holds the right answer, one of several answers where none does. */
export const ANSWER_SLOT = /(?:答案|answer|填空|空|第)([a-l]|\d{1,2}|[一二三四五六七八九十])(?:空|空答案)?/

/**
 * What people call the types. 'choice' leaves open how many are right, and 'several' does so to the learner, too;
 * 'open' cannot be marked by program.
 */
export type StatedType = 'single' | 'multiple' | 'judge' | 'blank' | 'choice' | 'several' | 'open'

/** Type words; the first that fits counts. They must fit the whole word, small endings aside. */
export const TYPE_NAMES: readonly [StatedType, RegExp][] = [
  ['several', /不定项(选择|选)?|不定向(选择|选)?|任选/],
  ['choice', /选择|客观|choice|select|selection/],
  [
    'multiple',
    /多项?选择?|多项|复选|多选择|mult(i|iple|iply)?(choices?|select(ion)?|answers?|option)?|mcq_?multiple|checkbox|x型|duoxuan/,
  ],
  [
    'single',
    /单项?选择?|单项|单一选择|最佳选择|single(choices?|select(ion)?|answer|option|topicselection)?|radio|onechoice|a1型?|danxuan|mcq/,
  ],
  [
    'judge',
    /判断(正误|对错|是非|说明)?|是非|对错|正误|judg(e|ment|ement|ing)|true_?(or)?_?false|tf|bool(ean)?|yes_?no|panduan/,
  ],
  [
    'blank',
    /填空|填充|完形填空|fill(intheblanks?|blanks?|in)?|blanks?|gap(filling)?|fillinblanks?|completion|cloze|tiankong/,
  ],
  [
    'open',
    /简答|论述|问答|名词解释|案例(分析)?|材料(分析)?|计算|综合|分析|主观|论文|作文|写作|公文|实务|辨析|连线|排序|匹配|essay|short_?answer|subjective|case|matching|ordering|open/,
  ],
]

/** Words that mean a statement is right, and wrong: lower case, half width. */
export const RIGHT_WORDS = new Set(
  '对 正确 是 √ ✓ ✔ ☑ t true right yes y 对的 正确的 正 v 是的 √对 对√ correct 说法正确'.split(' '),
)
export const WRONG_WORDS = new Set(
  '错 错误 否 × ✗ ✘ ╳ x f false wrong no n 错的 错误的 不对 不正确 误 不是 非 ×错 错× incorrect 说法错误 ❌ 乂 ✕'.split(
    ' ',
  ),
)

/** Notes behind an option that say whether it is right. */
export const RIGHT_NOTES = /正确答案|正确选项|标准答案|正确项|correct(?: answer)?/
export const WRONG_NOTES = /错误答案|错误选项|错误项|incorrect|wrong/

const SAID = '\\s*(?:代表|表示|选|填|为|是|即|[:=-]|->|—+)?\\s*'
const WORD = '(?:正确|对|错误|错|不正确|√|×)(?:的|者)?'
/** How a file says which letter means 正确: "A为正确，B为错误" and "正确的选A，错误的选B". */
export const LEGEND: readonly RegExp[] = [
  new RegExp(
    `(?<![A-Z])(?<letter>A|B)["”]?${SAID}["“]?(?<word>${WORD})["”]?[\\s,，、;；/|.]*["“]?(?<other>A|B)["”]?${SAID}["“]?(?<opposite>${WORD})`,
    'i',
  ),
  new RegExp(
    `(?<word>${WORD})${SAID}["“]?(?<letter>A|B)(?![A-Z])["”]?[\\s,，、;；/|.]*(?<opposite>${WORD})${SAID}["“]?(?<other>A|B)(?![A-Z])`,
    'i',
  ),
]
export const LEGEND_RIGHT = /^(?:正确|对|√)/

/** Difficulties people write, from 1 to 5. */
export const DIFFICULTIES: Record<string, number> = {
  很易: 1,
  极易: 1,
  很简单: 1,
  非常容易: 1,
  易: 2,
  容易: 2,
  简单: 2,
  较易: 2,
  偏易: 2,
  低: 2,
  初级: 2,
  一般: 3,
  中: 3,
  中等: 3,
  适中: 3,
  普通: 3,
  中级: 3,
  难: 4,
  较难: 4,
  困难: 4,
  偏难: 4,
  高: 4,
  高级: 4,
  很难: 5,
  极难: 5,
  非常难: 5,
  easy: 2,
  medium: 3,
  normal: 3,
  hard: 4,
}

/** Property names inside an option object: its letter, its words, and whether it is right. */
export const OPTION_LABEL_KEYS =
  'label key letter option code id no name prefix tag 选项 序号 标号 index sort value'.split(' ')
export const OPTION_TEXT_KEYS =
  'text content value title name desc description label option body 内容 选项内容 文本'.split(' ')
export const OPTION_RIGHT_KEYS =
  'iscorrect correct isright right isanswer answer istrue checked selected 是否正确 正确 是否答案'.split(' ')

/** Labels a line of running text may open with; the colon or the bracket around them is required. */
export const LINE_LABELS: readonly [Field, RegExp][] = [
  [
    'ignored',
    /(?:我|你|您)的(?:答案|作答|选择)|(?:考生|学员|用户)(?:答案|作答)|(?:本题)?(?:得分|分值)|your answer/,
  ],
  [
    'explanation',
    /(?:试题|答案|题目|参考|详细|正确答案)?(?:解析|说明|详解|解答|题解|分析|点评|解释)|analysis|explanation|rationale/,
  ],
  [
    'answer',
    /(?:本题|试题|题目)?(?:点击)?(?:查看|显示|展开)?(?:正确|标准|参考|最终)?(?:答案|选项答案)|正确选项|答|(?:correct|right)? ?(?:answer|ans)s?|key/,
  ],
  ['type', /题型|(?:试题|题目)类型|类型|question type|type/],
  ['difficulty', /(?:试题)?难度(?:系数|等级)?|难易程度|difficulty/],
  ['topic', /(?:所属)?(?:知识点|章节|考点|分类|专题|知识模块|主题)|topic|chapter|category/],
  ['law', /(?:法律|政策|出题)?依据|出处|来源|source/],
  ['options', /(?:备选|可选)?选项|备选答案|options?|choices?/],
  ['number', /题号|序号|编号/],
  ['stem', /(?:试题|考题|题目)?(?:题干|题目|问题|题面)|试题|题目内容|试题内容|问|question|stem|q/],
]

/** What stands above the answers collected at the end of a paper. */
export const ANSWER_BLOCK =
  /^(?:附[:、]?|\d*[、.])?(?:本卷|试题|试卷|习题|练习题?|题库)?(?:参考|标准|正确)?答案(?:[及与和](?:其)?(?:答案)?(?:解析|评分标准|详解))?(?:如下|汇总|部分|速查|一览)?$|^answer ?(?:key|s|sheet)?$/
