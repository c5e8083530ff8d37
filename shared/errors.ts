/**
 * Every way a call can fail: its status, and the words the cadre reads.
 * The words say what happened and what to do next.
 */
export const errors = {
  'request.invalid': { status: 400, text: '提交的内容格式不对，请检查后重试' },
  'request.not-json': { status: 400, text: '提交的内容无法识别，请刷新后重试' },
  'request.too-large': { status: 413, text: '内容太长了，请删减后再提交' },
  'request.unsupported': { status: 415, text: '不支持这种内容格式，请刷新后重试' },
  'request.method': { status: 405, text: '这个地址不支持这种操作，请刷新后重试' },
  'session.missing': { status: 401, text: '登录已过期，请重新进入' },
  'sign-in.demo-only': { status: 400, text: '现在是演示模式，请用演示姓名登录' },
  'sign-in.demo-off': { status: 403, text: '演示登录没有开放，请在微信里打开' },
  'sign-in.wechat-off': { status: 403, text: '微信登录没有开放，请在企业微信里打开“日知”' },
  'sign-in.wecom-off': { status: 403, text: '企业微信登录没有开放，请在微信里打开“日知”' },
  'sign-in.code-invalid': { status: 400, text: '登录凭证已失效，请退出后重新进入' },
  'sign-in.blocked': { status: 403, text: '微信限制了这个账号登录，请联系本单位联络员' },
  'sign-in.not-member': {
    status: 403,
    text: '您不是本单位企业微信的成员，请换本单位的账号进入，或联系本单位联络员',
  },
  'sign-in.busy': { status: 503, text: '登录服务繁忙，请稍等一会儿再进入' },
  'identity.taken': {
    status: 409,
    text: '这个账号已经有自己的学习记录，两份记录不能合并，请联系本单位联络员',
  },
  'identity.another': { status: 409, text: '您已经添加过另一个这样的账号，要更换请联系本单位联络员' },
  'name.unfit': { status: 422, text: '名字请写 2 到 20 个字，只写一行' },
  'name.sensitive': { status: 422, text: '这个名字不能用，没有保存，请换一个' },
  'phone.code-invalid': { status: 400, text: '微信的手机号授权已失效，没有保存，请再点一次' },
  'phone.busy': { status: 503, text: '微信服务繁忙，手机号没有保存，不影响使用，可以稍后再试' },
  'phone.unavailable': { status: 404, text: '这里不收手机号，不填也不影响使用' },
  'not-found': { status: 404, text: '内容不存在或已下线，请返回上一页' },
  'quiz.option-unknown': { status: 400, text: '选项里没有这个答案，请重新选择' },
  'quiz.one-option': { status: 400, text: '这道题只能选一个答案，请重新选择' },
  'quiz.round-closed': { status: 409, text: '这道题现在不用再答，请刷新看最新进度' },
  'quiz.nothing-to-practise': { status: 409, text: '现在没有要复习的题，去看看今日一课吧' },
  'lesson.out-of-order': { status: 409, text: '请按顺序读完前面的小节' },
  'report.duplicate': { status: 409, text: '这道题您已经反馈过了，编辑会在五个工作日内答复' },
  'text.classified': {
    status: 422,
    text: '内容像是带有密级的材料，没有保存。请勿在这里输入涉密信息',
  },
  'text.too-long': { status: 422, text: '太长了，没有保存。请把问题缩短到 2000 字以内再发' },
  'text.sensitive': {
    status: 422,
    text: '这段话里有不能受理的内容，没有保存。请换个说法，只问政策法规',
  },
  'policy.preparing': { status: 503, text: '政策库正在整理，请过一分钟再问' },
  'role.missing': { status: 403, text: '这里只对内容编辑和审核人员开放，请联系管理员' },
  'review.own-work': { status: 409, text: '自己写的内容要由别人审核发布，请另一位同事审核' },
  'review.changed': { status: 409, text: '这一条刚刚被别人处理过，请刷新后再看' },
  'review.no-such-clause': { status: 400, text: '引用的条文不存在，或编号超出了所选条文，请检查后再保存' },
  'rate.limited': { status: 429, text: '操作太频繁了，请稍等一会儿再试' },
  'server.busy': { status: 503, text: '服务繁忙，您的内容还没有保存，请稍后再试' },
  'server.failed': { status: 500, text: '服务出了点问题，请稍后再试' },
} as const satisfies Record<string, { status: number; text: string }>

export type ErrorCode = keyof typeof errors

/** The body of every failed call. */
export interface ErrorBody {
  code: ErrorCode
  text: string
  /** Which parts of the call were wrong, as paths: `body.chosen`. */
  fields?: string[]
  requestId: string
}
