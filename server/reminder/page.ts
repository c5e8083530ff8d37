import type { Matter } from './plan.ts'

/** The page a reminder opens, as the mini-program names it. */
export const pageOf = ({ kind, key }: Matter): string =>
  kind === 'daily-lesson' ? `pages/lesson/index?id=${key}` : 'pages/today/index'
