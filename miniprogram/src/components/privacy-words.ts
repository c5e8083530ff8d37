import type { Guarded } from '../privacy.ts'

/** What the product uses that WeChat guards, and why. README tells what to declare for it. */
export const GUARDED_WORDS: readonly { use: Guarded; name: string; why: string }[] = [
  { use: 'clipboard', name: '复制', why: '把您点的文字放进剪贴板，不看剪贴板里原有的内容。' },
  { use: 'calendar', name: '写进手机日历', why: '把您选的学习时间写进手机日历，不看日历里别的安排。' },
  { use: 'avatar', name: '头像', why: '您选的图片只存在这台手机上，不上传，别人看不到。' },
  { use: 'nickname', name: '昵称', why: '只用来称呼您，可以不填，随时可以改。' },
  { use: 'phone', name: '手机号', why: '只用来和本单位的名单对上号，可以不填，随时可以删。' },
]

/** What is stored of a cadre and for what. */
export const STORED_WORDS: readonly { title: string; text: string }[] = [
  {
    title: '存了什么',
    text: '微信给的身份编号、您填的名字和手机号（可以都不填）、学习记录、积分流水、对话和提问、提醒设置、登录过的设备。对话里的手机号、身份证号、姓名先遮盖再保存。',
  },
  {
    title: '谁看得到',
    text: '积分、错题、对话和提问只有您自己看得到。问题交给人回答时，不写是谁问的。头像只在您的手机上。',
  },
  {
    title: '怎样删除',
    text: '手机号在“个人资料”里随时删除。在本机退出登录，这台设备上存的内容随即清空。',
  },
  {
    title: '离开以后',
    text: '在微信里撤回授权或注销后，名字、手机号、对话、提问和学习行为记录随即删除，最迟不超过 30 天。培训记录按规定保留，但不再写明是谁。',
  },
]
