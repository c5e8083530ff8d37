/** A year as it stands in a question, with month and day where they are given. */
export const YEAR = /(?<![\d第])((?:19|20)\d{2})年(?:(\d{1,2})月份?(?:(\d{1,2})[日号])?)?/g
/** 去年, 前年, 明年: years from this one. */
export const NEAR_YEARS: readonly (readonly [word: RegExp, years: number])[] = [
  [/前年(?!度)/, -2],
  [/去年(?!度)/, -1],
  [/明年(?!度)/, 1],
]
/** What makes a follow-up ask for today, whatever day the question before it named. */
export const MEANS_NOW = /现在|目前|如今|眼下|当前|今天|今年|现行/
/** What behind a year makes it the time that is asked about. */
export const TIME_BEHIND =
  /^(?:底|初|末)?(?:那时候?|那会儿?|那个?时候|的?时候|当时|时(?!间|效|限)|期间|以前|之前|的(?:规定|法律|标准|政策|版本|法)|适用|施行的|有效的|，|,|$)/
/** What before a year makes it the time that is asked about. */
export const TIME_BEFORE = /(?:在|按照?|依照?|根据|截至|截止到?|到|回到)$/
/** What behind a year makes it a part of a name, or the day of something else. */
export const NO_TIME_BEHIND = /^(?:版|修订|修正|公布|颁布|发布|印发|出台|通过|度|第|以来|至今|起|生的|出生)/
