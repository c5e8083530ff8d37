/** What the operator reads when the start stops. Chinese first; the names of variables are the same in both. */
export const wording = {
  siteName: '日知',
  cannotStart: '日知无法启动',
  started: (address: string) => `日知 已启动：${address}`,
  stopping: '正在停止，请稍等；再按一次 Ctrl-C 立即退出',
  stopped: '日知 已停止',
  demo: '现在是演示模式：任何人都可以用演示姓名登录，请勿用于正式环境',
  wrongValue: (name: string, wants: string) => `${name}：${wants}`,
  wants: {
    port: '应为 0 到 65535 的整数 (an integer from 0 to 65535)',
    megabytes: '应为 1 到 999999 的整数，单位 MB (an integer from 1 to 999999, in MB)',
    flag: '应为 0 或 1 (0 or 1)',
    mongo: '应以 mongodb:// 或 mongodb+srv:// 开头 (a MongoDB connection string)',
    url: '应为 http(s) 网址 (an http or https address)',
    price: '应为每百万 token 的价格，单位元，如 2 或 0.5 (yuan for a million tokens)',
    count: '应为 0 到 9999999 的整数 (an integer from 0 to 9999999)',
    seconds: '应为 1 到 999 的整数，单位秒 (an integer from 1 to 999, in seconds)',
    pushToken: '应为 3 到 32 个字母、数字或下划线 (3 to 32 letters, digits or underscores)',
    aesKey: '应为微信后台给出的 43 个字母和数字 (43 letters and digits)',
    template:
      '应为模板 ID 和它的三个字段，空格隔开，如 xxxx thing1 thing2 time3 (template id and its fields for title, text and time)',
    agentId: '应为应用的 AgentId，全是数字 (digits only)',
    token: '至少 16 个字符 (at least 16 characters)',
    oneOf: (values: readonly string[]) => `应为 ${values.join('、')} 之一 (one of them)`,
    text: '内容太长或为空 (too long or empty)',
  },
  wechatBoth: 'WECHAT_APPID、WECHAT_SECRET：要么都填，要么都不填 (set both or neither)',
  pushToken:
    'WECHAT_TOKEN：填了 WECHAT_ENCODING_AES_KEY，就要填 WECHAT_TOKEN (WECHAT_ENCODING_AES_KEY wants WECHAT_TOKEN)',
  pushApp:
    'WECHAT_TOKEN：填了消息推送的口令，就要填 WECHAT_APPID 和 WECHAT_SECRET (message push wants WECHAT_APPID and WECHAT_SECRET)',
  reminderApp:
    'WECHAT_REMINDER_TEMPLATE：填了提醒模板，就要填 WECHAT_APPID 和 WECHAT_SECRET (reminders want WECHAT_APPID and WECHAT_SECRET)',
  templateUnknown: (id: string, held: readonly string[]) =>
    `WECHAT_REMINDER_TEMPLATE：小程序里没有模板 ${id}。现有模板：${held.join('、') || '无'}。请在微信后台“订阅消息 - 我的模板”里核对 (the app has no such template)`,
  templateLacks: (name: string, has: string) =>
    `WECHAT_REMINDER_TEMPLATE：模板里没有字段 ${name}，它的字段是 ${has} (the template lacks this field)`,
  templateWants: (name: string, has: string) =>
    `WECHAT_REMINDER_TEMPLATE：模板的字段 ${name} 没有内容可填，它的字段是 ${has}；请选用只有标题、内容、时间三个字段的模板 (nothing would fill this field)`,
  templateTwice: 'WECHAT_REMINDER_TEMPLATE：标题和内容要用两个不同的字段 (title and text want two fields)',
  wecomAll: 'WECOM_CORPID、WECOM_SECRET、WECOM_AGENTID：要么都填，要么都不填 (set all three or none)',
  modelAll: 'MODEL_BASE_URL、MODEL_KEY、MODEL_NAME：要么都填，要么都不填 (set all three or none)',
  endpointBoth: (name: string) =>
    `${name}_BASE_URL、${name}_MODEL：要么都填，要么都不填 (set both or neither)`,
  demoBesideOthers:
    'DEMO：已设置微信或企业微信登录，不能同时打开演示模式 (demo mode excludes sign-in by WeChat and WeCom)',
  noSignIn:
    'DEMO：没有任何登录方式。请设置微信（WECHAT_APPID、WECHAT_SECRET）或企业微信（WECOM_CORPID 等三项），或用 DEMO=1 打开演示模式 (no way to sign in: set up WeChat or WeCom, or DEMO=1)',
  embeddedInProduction:
    'EMBEDDED_OK：正式环境请用 MONGODB_URI 连接 MongoDB 副本集；确认使用内置数据库请设 EMBEDDED_OK=1 (production wants MONGODB_URI, or EMBEDDED_OK=1 for the embedded database)',
  mongoUnreachable: (host: string) =>
    `MONGODB_URI：连不上 ${host}，请检查地址、网络和密码 (cannot reach the MongoDB server)`,
  mongoStandalone:
    'MONGODB_URI：这个 MongoDB 不是副本集，事务无法使用。请用 --replSet rs0 启动 mongod，再在 mongosh 里执行一次 rs.initiate() (not a replica set: start mongod with --replSet rs0 and run rs.initiate() once in mongosh)',
  portTaken: (port: number) =>
    `PORT：端口 ${port} 已被占用，请关闭占用它的程序，或换一个端口，如 PORT=${port + 1} npm start (port is in use)`,
  hostUnknown: (host: string) => `HOST：本机没有地址 ${host} (this machine has no such address)`,
  portForbidden: (port: number) =>
    `PORT：没有权限使用端口 ${port}，请换 1024 以上的端口 (no permission for this port)`,
  folderInUse:
    'DATA_DIR：数据文件夹正被另一个日知使用，请先停止它，或用 DATA_DIR 换一个文件夹 (another process uses the data folder)',
  folderImpossible: (folder: string, reason: string) =>
    `DATA_DIR：不能使用文件夹 ${folder}（${reason}），请换一个可以写入的文件夹 (cannot use this folder)`,
  dataDamaged: (file: string, offset: number) =>
    `DATA_DIR：数据文件 ${file} 在 ${offset} 字节处损坏。请先备份整个文件夹；有备份就从备份恢复，没有就用 EMBEDDED_REPAIR=1 启动一次，保留损坏处以前的数据 (the data file is damaged: back up the folder, then start once with EMBEDDED_REPAIR=1 to keep what is sound)`,
  dataFormat:
    'DATA_DIR：数据文件夹由另一个版本的日知写成，这个版本读不了。请用写它的版本启动，或换一个文件夹 (another version wrote the data folder: start that one, or use another folder)',
  fileForbidden:
    '没有权限读写文件，或磁盘是只读的。请检查下面这个文件的所有者和权限 (no permission, or a read-only disk: check the owner of the file below)',
  outgrown: (megabytes: number, limit: number) =>
    `内置数据库已有 ${megabytes} MB 数据，超过了 ${limit} MB（EMBEDDED_WARN_MB）。它们全在内存里，请尽早迁到 MongoDB 副本集：先停止日知，再运行 npm run cli -- move --to mongodb://地址/rizhi?replicaSet=rs0`,
}
