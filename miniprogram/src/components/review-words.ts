import type { FeedbackReason } from '#shared/policy'
import type { ReviewCause, ReviewState } from '#shared/review'

/** Why a question came before a person. */
export const causeWords: Record<ReviewCause, string> = {
  unanswered: '没有依据',
  disliked: '觉得没用',
  sensitive: '敏感词',
}

/** What those who disliked an answer said. */
export const reasonWords: Record<FeedbackReason, string> = {
  wrong: '说错了',
  outdated: '过时了',
  'not-my-question': '答非所问',
  unclear: '看不懂',
  other: '其他',
}

/** Where a question stands in review. */
export const stateWords: Record<ReviewState, string> = {
  open: '待答',
  drafted: '待审核',
  published: '已发布',
  closed: '已关闭',
  suspended: '已停用',
}
