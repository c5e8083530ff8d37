/** What backup, restore and move say. */
export const wording = {
  backup: {
    summary: '备份整个数据库到一个文件；服务器不用停',
    done: (file: string, collections: number, documents: number, megabytes: string) =>
      `已备份到 ${file}：${collections} 个集合，${documents} 份文档，${megabytes} MB`,
    personal:
      '文件里有个人信息（姓名、学习记录、对话），只有本用户可读；请存放在安全的地方，不再需要时删除。',
    empty: '数据库是空的，没有可备份的内容。请检查 DATA_DIR 或 MONGODB_URI。',
  },
  restore: {
    summary: '从备份文件恢复；数据库不是空的时要加 --replace',
    notEmpty:
      '数据库里已经有数据，没有恢复。要用备份替换全部现有数据，请加 --replace（建议先 backup 一次）。',
    done: (collections: number, documents: number, at: string) =>
      `已恢复 ${at} 的备份：${collections} 个集合，${documents} 份文档，数量和校验和都与备份一致`,
    sessions: '备份之后登录的人需要重新登录；备份之后的学习记录不在里面。',
  },
  move: {
    summary: '把全部数据复制到 MongoDB 副本集（或反向）；原来的数据不变',
    toMissing: '请用 --to 给出目标数据库，如 --to mongodb://127.0.0.1:27017/rizhi?replicaSet=rs0',
    running: '日知还在运行。请先停止它再迁移，否则迁移以后写入的学习记录会留在原来的库里。',
    notEmpty: '目标数据库里已经有数据，没有迁移。请换一个空的数据库。',
    empty: '原来的数据库是空的，没有可迁移的内容。请检查 DATA_DIR、MONGODB_URI 或 --from。',
    changed: (names: string) =>
      `数据已复制，但复制期间原来的库又有写入（${names}），这些不在新库里。请停止写入，清空目标，再迁移一次。`,
    done: (collections: number, documents: number) =>
      `已复制 ${collections} 个集合、${documents} 份文档，数量和校验和都一致；原来的数据没有改动`,
    next: '接下来在 .env 里写上这两行，再启动日知：',
    toMongo: (uri: string) => [`MONGODB_URI=${uri}`, 'EMBEDDED_OK=0'],
    toEmbedded: ['MONGODB_URI=', 'DATA_DIR=目标数据库的 --data 文件夹（先停止 npm run database）'],
    password: '密码',
  },
  stage: {
    read: '读取数据……',
    check: '检查备份文件……',
    write: '写入并核对……',
    again: '再核对一次原来的数据……',
  },
  noFile: (file: string) => `找不到文件 ${file}`,
  fileExists: (file: string) => `文件 ${file} 已经存在，没有覆盖。请换一个文件名。`,
  partExists: (file: string) =>
    `${file} 已经存在：另一次备份正在进行，或上次没有完成。如果没有备份在进行，请删除它再试。`,
  cannotWrite: (file: string, code: string) =>
    `不能写入 ${file}（${code}）。请检查文件夹是否存在、能否写入。`,
  noSpace: (file: string) => `磁盘空间不够，没有写成 ${file}。请换一个地方。`,
  notArchive: (file: string) => `${file} 不是日知的备份文件。`,
  newerArchive: (file: string, version: string) =>
    `${file} 由更新的日知 ${version} 写成，这个版本读不了。请先升级。`,
  damaged: (file: string, offset: number) =>
    `备份文件 ${file} 不完整或已损坏（在第 ${offset} 字节处发现）。数据库没有改动；请换一份备份。`,
  notAddress: '数据库地址应以 mongodb:// 或 mongodb+srv:// 开头，并写对格式。',
  unreachable: (hosts: string) => `连不上数据库 ${hosts}，请检查地址、网络和密码。`,
  standalone: (hosts: string) =>
    `${hosts} 不是副本集，事务无法使用。请用 --replSet rs0 启动 mongod，再在 mongosh 里执行一次 rs.initiate()。`,
  oddCollection: (name: string, type: string) =>
    `数据库里的 ${name} 是 ${type}，不是普通集合，这里不支持。请先移走它。`,
  snapshotLost:
    '读取用时太长，数据库不再保留开始时的样子，没有完成。请在空闲时再试，或把文件放在更快的磁盘上；MongoDB 可先执行 db.adminCommand({ setParameter: 1, minSnapshotHistoryWindowInSeconds: 3600 })，再试一次。',
  changedMeanwhile: '读取期间集合或索引有变动（可能正在升级或恢复），没有完成。请再试一次。',
  different: (name: string, wanted: number, found: number) =>
    `写入后核对不符：集合 ${name} 应有 ${wanted} 份，现有 ${found} 份，或内容有出入。原来的数据没有改动。`,
  noIndex: (name: string, reason: string) => `集合 ${name} 的索引建不成：${reason}。原来的数据没有改动。`,
  interrupted: '已中断，没有完成；原来的数据没有改动。',
}
