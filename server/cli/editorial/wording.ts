import { dayOf } from '#shared/day'

/** A way to sign in that was to be moved. */
interface MovedIdentity {
  who: string
  /** Empty for nobody. */
  whom: string
  way: string
}

/** What the commands for editors and their rights say. */
export const wording = {
  importWords: {
    summary: '导入敏感词表（词、类别、处理：拒收、复核、放行），表里没有的旧词撤下',
    counts: (report: Record<'added' | 'changed' | 'unchanged' | 'withdrawn', number>) =>
      `新增 ${report.added} 个，更改 ${report.changed} 个，未变 ${report.unchanged} 个，撤下 ${report.withdrawn} 个`,
  },
  grants: {
    summary: {
      grant: '授予一位干部角色：编辑、审核、管理员',
      revoke: '收回一位干部的角色',
      list: '列出谁有什么角色',
    },
    names: { editor: '编辑', reviewer: '审核', admin: '管理员' },
    unknownRole: (role: string) => `角色应为：编辑、审核、管理员 之一，不能是“${role}”`,
    unknownCadre: (name: string) => `没有叫“${name}”的干部。请先让本人登录一次，再用登录的姓名`,
    ambiguous: (name: string, cadres: { id: string; name: string; joinedAt: Date }[]) =>
      [
        `叫“${name}”的干部不止一位，请改用编号：`,
        ...cadres.map(cadre => `  ${cadre.id}  ${cadre.name}  ${dayOf(cadre.joinedAt)} 加入`),
      ].join('\n'),
    selfChosen: ({ id, name, joinedAt }: { id: string; name: string; joinedAt: Date }) =>
      `“${name}”是本人自己填的名字，谁都能填。请向本人核对“个人资料”页上的编号，再改用编号：\n  ${id}  ${name}  ${dayOf(joinedAt)} 加入`,
    granted: (who: string, role: string) => `已授予“${who}”${role}`,
    had: (who: string, role: string) => `“${who}”已经是${role}，没有改动`,
    revoked: (who: string, role: string) => `已收回“${who}”的${role}`,
    hadNot: (who: string, role: string) => `“${who}”不是${role}，没有改动`,
    none: '还没有授予任何角色',
    line: (id: string, name: string, role: string, at: Date) => `${id}  ${role}  ${dayOf(at)}  ${name}`,
  },
  identity: {
    summary: '把一位干部的登录方式（微信、企业微信）移给另一份记录，是同一个人才能移；不写 --to 就取消',
    names: { wechat: '微信', wecom: '企业微信' },
    unknownWay: (way: string) => `登录方式应为：微信、企业微信 之一，不能是“${way}”`,
    moved: ({ who, whom, way }: MovedIdentity) =>
      whom === ''
        ? `已取消“${who}”的${way}登录，学习记录没有动`
        : `“${who}”的${way}登录以后进入“${whom}”的记录，两份学习记录都没有动；请本人重新登录`,
    none: ({ who, way }: MovedIdentity) => `“${who}”没有${way}登录，没有改动`,
    'has-left': ({ whom }: MovedIdentity) => `“${whom}”已经离开，没有改动`,
    'has-one': ({ whom, way }: MovedIdentity) =>
      `“${whom}”已有另一个${way}登录，没有改动。请先取消那一个，再移过来`,
  },
  auditLog: {
    summary: '查看审计记录：授权、登录方式、发布、关闭、停用、敏感词命中（--since 从哪一天起，默认今天）',
    wrongDay: (text: string) => `--since 应是日期，如 2026-11-01，不能是“${text}”`,
    entry: (at: Date, actor: string, action: string, subject: string, detail: Record<string, string>) =>
      [
        at.toISOString(),
        actor,
        action,
        subject,
        ...Object.entries(detail).map(([name, value]) => `${name}=${value}`),
      ].join('  '),
    empty: (day: string) => `${day} 以来没有审计记录`,
  },
}
