/** Options that only point at the other options. */
export const ALL_OF_THE_ABOVE =
  /^(以上|上述|前述)?[各]?[项选答]?[项案]?(都|均|皆|全)(是|对|正确|不是|不对|不正确|错|错误|非|可以|不可以|包括)[。]?$|^(以上|上述)(都|均|皆|全|各项|三项|四项|选项|说法)/

/** Two negations that cancel out. 无不动产-like words are kept apart by the exceptions. */
export const DOUBLE_NEGATIVE =
  /不得不|不能不|不可不|不会不|不应不|不该不|不是不|并非不|没有不(?!动产|良|当|同|足|利|合)|无不(?!动产|良|当|同|足|利|合)|不无(?!关)|未必不|不能没有|不可没有|不得没有|不(?:属于|符合|包括)[^，。；]{0,8}(?:不|错误)的?(?:是|有)/

/** A stem that asks for the exception. */
export const NEGATIVE_STEM =
  /(?:不正确|不准确|不恰当|不妥当|不合规|不合法|不属于|不包括|不符合|不应当?|不得|不能|不可以|不需要|错误|有误|无关)的?(?:是|有|一项|做法|说法|选项|行为)|哪[些项种个][^，。？]{0,8}(?:不|错误)/

/** How a stem makes its negation visible: bold, quotation marks, square brackets. */
export const MARKED = /\*\*[^*]+\*\*|“[^”]+”|‘[^’]+’|「[^」]+」|【[^】]+】|\[[^\]]+\]/g

/** A key that is nothing but a date or a document number. */
export const DATE_OR_NUMBER =
  /^(?:\d{4}|[〇零一二三四五六七八九]{4})年(?:[\d一二三四五六七八九十]{1,3}月)?(?:[\d一二三四五六七八九十]{1,3}日)?$|^[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$|^[\u4e00-\u9fff]*[〔[（(【]?(?:19|20)\d{2}[〕\])）】]?(?:年)?第?\d+号$/

/** Words of an explanation that say no more than “this is the key”. */
export const KEY_ANNOUNCEMENT =
  /正确答案|参考答案|正确选项|标准答案|答案|选项|本题|此题|应选|应为|故选|所以|因此|选择|选|故|为|是|[A-H]/g
