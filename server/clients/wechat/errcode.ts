import type { PlatformFailureKind } from '../../base/platform-failure.ts'

const KINDS: readonly (readonly [PlatformFailureKind, readonly number[]])[] = [
  /** Busy; another message to the same person is under way. */
  ['retry', [-1, 43108]],
  ['token', [40001, 40014, 42001, 41001]],
  /** Quotas of the day and of the minute. */
  ['wait', [45009, 45011, 44991]],
  ['ledger-empty', [43101]],
  /** The 48 hours are over, the five messages used up, nobody typed to us in the last 30 seconds. */
  ['closed', [45015, 45047, 45080]],
  ['unseen', [61010]],
  /** Bad or foreign openid, used code, sensitive word, protection of minors, media that cannot be had. */
  ['drop', [40003, 43104, 40029, 40163, 45168, 70000, 40004, 87020]],
  ['invalid', [40008, 44004, 45002, 47003, 47001, 44002, 43002, 40129, 45072]],
]

const kinds = new Map(KINDS.flatMap(([kind, codes]) => codes.map(code => [code, kind] as const)))

/** What an errcode of WeChat asks of the caller. Source: the tables of errors at developers.weixin.qq.com. */
export const wechatKindOf = (errcode: number): PlatformFailureKind => kinds.get(errcode) ?? 'set-up'
