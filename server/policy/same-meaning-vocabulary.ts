/** What says nothing of what is asked: greetings, the asker, particles. Longer ones come first. */
export const WEIGHTLESS: readonly RegExp[] = [
  /(?:您好|你好|大家好|老师好|打扰了|麻烦|谢谢|多谢|在线等)/g,
  /想?(?:请问一下|请教一下|咨询一下|想问一下|问一下|想问问|请问|请教|咨询|想问|想知道|想了解|了解一下|帮我查查|帮我查一下|帮忙查|帮我|查一下)/g,
  /(?:按照规定|根据规定|按规定|依规定|法律上|政策上|法律规定上|依照法律|根据法律)/g,
  /(?:到底|究竟|目前|现在|一般来说|一般|通常|大概|大约|具体)/g,
  /(?:我们家|我们村|我们这里|我们这|我们|我家|我村|俺们|咱们|咱村|我(?!国|省|市|县))/g,
  /(?:的话|一下|那么|这种情况|[的了]|[呢啊吧呀哦嘛哈哇]+$)/g,
]

/** Words that mean one thing by the one that stands for them. Longer ones come first. */
export const SAME_WORDS: readonly (readonly [words: RegExp, one: string])[] = [
  [/村民委员会/g, '村委会'],
  [/居民委员会/g, '居委会'],
  [/(?:村委会主任|村长)/g, '村主任'],
  [/(?:村党支部书记|村党组织书记|村支部书记)/g, '村支书'],
  [/(?:最低生活保障金|最低生活保障|低保金)/g, '低保'],
  [/老百姓/g, '群众'],
  [/举行|(?<!召)开(?=1次|(?:村民)?(?:小组)?(?:代表)?会)/g, '召开'],
  [/(?:申领|报名申请)/g, '申请'],
  [/(?:出售|售卖|卖掉|卖出去)/g, '卖'],
  [/购买/g, '买'],
  [/租出去/g, '出租'],
  [/办理/g, '办'],
  [/发放/g, '发'],
  [/收取/g, '收'],
  [/(?:缴纳|交纳|缴)/g, '交'],
  [/(?:时限|时间限制)/g, '期限'],
  [/(?:最少|不少于|不低于)/g, '至少'],
  [/(?:最多|不多于|不得超过|不超过)/g, '至多'],
  [/(?:应当|应该|必需|必须得|一定要)/g, '必须'],
  [/(?:个工作日|个工作天)/g, '工作日'],
  [/(?<=\d)天/g, '日'],
  [/(?<=\d)周岁/g, '岁'],
]

/** What is forbidden stays in its place in the question; asked before 能不能 is taken for 不能. */
export const FORBIDDEN = /(?:不可以|不能够|不能|不得|不准|不许|不允许|禁止)/g

/**
 * How it is asked, wherever in the sentence that stands. A kind of its own wherever the answers differ; longer ones
 * come first, as each takes its words away.
 */
export const ASKS: readonly (readonly [kind: string, words: RegExp])[] = [
  [
    'how-long',
    /(?:期限|时间)?(?:是|为|有|需要|需|要|得|应在|在)?(?:多长时间|多少时间|多久|多长|几个工作日|多少工作日|多少个工作日|多少日|多少天|几天|几日|几年|几个月)(?!1次)(?:时间|期限)?(?:之内|以内|内)?/g,
  ],
  [
    'materials',
    /(?:需要|需|要|应)?(?:提交|准备|提供|带|交)?(?:什么|哪些|啥)(?:申请)?材料|(?:申请)?材料(?:有|需要|要|是)(?:哪些|什么|啥)/g,
  ],
  [
    'conditions',
    /(?:需要|要|应)?(?:符合|满足|具备|达到|有)?(?:什么|哪些|啥)(?:样的)?条件(?:才能|才可以|可以)?|条件(?:有|是)(?:哪些|什么|啥)/g,
  ],
  [
    'procedure',
    /(?:需要|要)?(?:走|经过|履行|按)?(?:什么|哪些|啥)(?:样的)?(?:程序|流程|步骤)|(?:程序|流程|步骤)(?:有|是)(?:哪些|什么样的|什么|啥|怎样的|怎么样的)/g,
  ],
  ['price', /(?:需要|要|得)?(?:花|交|付)?(?:多少钱|几块钱|多少费用|多少元)/g],
  ['why', /(?:为什么|为何|为啥)/g],
  ['when', /(?:在|从|到)?(?:什么时候|什么时间|啥时候|何时|几时)/g],
  ['where', /(?:在|去|到|上)(?:什么地方|哪里|哪儿|哪)(?!些|个)|(?:什么地方|哪里|哪儿)/g],
  ['responsible', /(?:归|由|是|找)?(?:谁|哪个部门|什么部门|哪个单位|哪个机关)(?:来)?(?:负责|管)/g],
  [
    'how',
    /(?:必须|该|要|可以)?(?:怎么样才能|怎样才能|怎么才能|如何才能|怎么样|怎么个|怎么|怎样|如何|咋)(?:才能|能|才可以|可以|去|来)?/g,
  ],
  ['must', /(?:需不需要|要不要|用不用|必不必须|是不是必须|是不是需要|是不是要|是否必须|是否需要|是否要)/g],
  [
    'may',
    /(?:能不能够|能不能|可不可以|可以不可以|允不允许|是不是可以|是不是能|是否可以|是否能够|是否能|是否允许|能否|可否)|(?:可以|可|行|能)(?:吗|么|不)$|行不行$/g,
  ],
]

/** Words that ask for a yes or no: what is left of a question in which nothing else asks. */
export const YES_OR_NO = /(?:是不是|是否|有没(?=有.)|吗|么$)/g
/** In a question for a yes or no these are what it asks; in any other they stay. */
export const MODALS: readonly (readonly [kind: string, words: RegExp])[] = [
  ['must', /(?:必须|需要)/g],
  [
    'may',
    /(?:可以|能够|允许|(?<![可功职性技智节才只效产势核万潜动热异全低无])能(?![力源耗效量动级干人手否]))/g,
  ],
]

/**
 * What one does with a thing that cannot do it itself: 申请低保 is 低保申请. A verb of which the thing could also be the
 * doer (举报村干部) is no such word.
 */
export const DONE_TO_THINGS: readonly string[] = [
  '申请',
  '办',
  '领取',
  '补办',
  '召开',
  '登记',
  '报销',
  '变更',
  '注销',
  '查询',
  '公示',
  '卖',
  '出租',
  '交',
  '发',
]
