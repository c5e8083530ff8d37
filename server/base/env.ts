import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { root } from './paths.ts'
import { StartError } from './start-error.ts'
import { wording } from './wording.ts'

const { wants } = wording
const flag = z.enum(['0', '1'], { error: wants.flag }).transform(value => value === '1')
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: wants.oneOf(values) })
const text = z.string().max(500, { error: wants.text })
const webAddress = z.url({ protocol: /^https?$/, error: wants.url }).transform(url => url.replace(/\/$/, ''))

/** Yuan for a million tokens. */
const price = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,4})?$/, { error: wants.price })
  .transform(Number)
const count = z
  .string()
  .regex(/^\d{1,7}$/, { error: wants.count })
  .transform(Number)
const seconds = z
  .string()
  .regex(/^[1-9]\d{0,2}$/, { error: wants.seconds })
  .transform(Number)

/** A message template: its id, and its fields for a title, a text and a time. */
const template = z
  .string()
  .regex(/^[\w-]{10,64} thing\d{1,2} thing\d{1,2} (time|date)\d{1,2}$/, { error: wants.template })
  .transform(value => {
    const [id = '', title = '', text = '', time = ''] = value.split(' ')
    return { id, title, text, time }
  })
export type ReminderTemplate = z.output<typeof template>

/** Every setting of the server; `.env.example` explains them one by one. */
const Settings = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, { error: wants.port })
    .transform(Number)
    .refine(port => port <= 65_535, { error: wants.port })
    .default(3000),
  HOST: text.default('127.0.0.1'),
  DATA_DIR: text.default('./data'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/./, { error: wants.mongo })
    .optional(),
  WECHAT_APPID: text.optional(),
  WECHAT_SECRET: text.optional(),
  WECHAT_API_BASE: webAddress.default('https://api.weixin.qq.com'),
  WECHAT_TOKEN: z
    .string()
    .regex(/^[A-Za-z0-9_]{3,32}$/, { error: wants.pushToken })
    .optional(),
  WECHAT_ENCODING_AES_KEY: z
    .string()
    .regex(/^[A-Za-z0-9]{43}$/, { error: wants.aesKey })
    .optional(),
  WECHAT_REMINDER_TEMPLATE: template.optional(),
  REMINDER_LEARNING: flag.default(false),
  WECOM_CORPID: text.optional(),
  WECOM_SECRET: text.optional(),
  WECOM_AGENTID: z
    .string()
    .regex(/^\d{1,15}$/, { error: wants.agentId })
    .transform(Number)
    .optional(),
  WECOM_MINIPROGRAM_APPID: text.optional(),
  WECOM_API_BASE: webAddress.default('https://qyapi.weixin.qq.com'),
  DEMO: flag.optional(),
  NODE_ENV: oneOf(['development', 'production', 'test']).default('development'),
  EMBEDDED_OK: flag.default(false),
  EMBEDDED_FSYNC: oneOf(['always', 'interval']).default('always'),
  EMBEDDED_REPAIR: flag.default(false),
  EMBEDDED_WARN_MB: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, { error: wants.megabytes })
    .transform(Number)
    .default(500),
  H5_BUILD: flag.default(true),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
  METRICS_TOKEN: z.string().min(16, { error: wants.token }).optional(),
  MODEL_BASE_URL: webAddress.optional(),
  MODEL_KEY: text.optional(),
  MODEL_NAME: text.optional(),
  MODEL_FILING: text.optional(),
  MODEL_PRICE_PROMPT: price.default(0),
  MODEL_PRICE_COMPLETION: price.default(0),
  MODEL_FIRST_SECONDS: seconds.default(10),
  MODEL_WHOLE_SECONDS: seconds.default(60),
  MODEL_DAILY_CADRE: count.default(30),
  MODEL_DAILY_COUNTY: count.default(3_000),
  MODEL_DAILY_COST: price.optional(),
  EMBEDDING_BASE_URL: webAddress.optional(),
  EMBEDDING_KEY: text.default(''),
  EMBEDDING_MODEL: text.optional(),
  RERANK_BASE_URL: webAddress.optional(),
  RERANK_KEY: text.default(''),
  RERANK_MODEL: text.optional(),
  REGION: text
    .default('')
    .transform(region => region.split('/').map(place => place.trim()))
    .transform(places => places.filter(place => place !== '')),
  SITE_URL: webAddress.optional(),
  SITE_NAME: z.string().max(30, { error: wants.text }).default(wording.siteName),
})

export type Env = ReturnType<typeof readEnv>

/** Loads `.env` from the project's folder, where it exists; what the shell has set wins. */
export function loadDotEnv(): void {
  const file = join(root, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
}

/** Reads and checks the settings. An empty value counts as not set. Throws a `StartError` that names each wrong one. */
export function readEnv(source: Record<string, string | undefined>) {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = Settings.safeParse(given)
  if (parsed.error) {
    throw new StartError(
      parsed.error.issues.map(({ path, message }) => wording.wrongValue(String(path[0]), message)),
    )
  }
  const env = parsed.data
  const [wechat, wecom] = [wechatOf(env), wecomOf(env)]
  const production = env.NODE_ENV === 'production'
  if ((wechat || wecom) && env.DEMO) throw new StartError([wording.demoBesideOthers])
  return {
    port: env.PORT,
    host: env.HOST,
    dataDir: resolve(env.DATA_DIR),
    mongodbUri: env.MONGODB_URI,
    fsync: env.EMBEDDED_FSYNC,
    repair: env.EMBEDDED_REPAIR,
    /** From how many bytes of data on the embedded database is called outgrown. */
    warnBytes: env.EMBEDDED_WARN_MB * 1024 * 1024,
    embeddedOk: env.EMBEDDED_OK || !production,
    wechat,
    wecom,
    /** Which times and wording of reminders help may be learned of cadres who allow it. */
    reminderLearning: env.REMINDER_LEARNING,
    /** The language model; without one, policy questions are answered with excerpts. */
    model: modelOf(env),
    /** What the model may be used for in a day. */
    answerLimits: {
      cadre: env.MODEL_DAILY_CADRE,
      county: env.MODEL_DAILY_COUNTY,
      countyCost: env.MODEL_DAILY_COST ?? null,
    },
    /** Endpoints that make searching better; without them words alone find clauses. */
    embedding: endpointOf('EMBEDDING', env.EMBEDDING_BASE_URL, env.EMBEDDING_MODEL, env.EMBEDDING_KEY),
    rerank: endpointOf('RERANK', env.RERANK_BASE_URL, env.RERANK_MODEL, env.RERANK_KEY),
    /** The place of the installation, the widest first. */
    region: env.REGION,
    /** Demo names may sign in. */
    demo: !wechat && !wecom && (env.DEMO ?? !production),
    production,
    /** Build the h5 mini-program when its sources changed. */
    buildH5: env.H5_BUILD,
    logLevel: env.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    metricsToken: env.METRICS_TOKEN,
    siteName: env.SITE_NAME,
  }
}

/** Settings that are fine for a command line tool but not for a server that is about to listen. */
export function checkForServing({ mongodbUri, embeddedOk, wechat, wecom, demo }: Env): void {
  const faults = [
    ...(mongodbUri || embeddedOk ? [] : [wording.embeddedInProduction]),
    ...(wechat || wecom || demo ? [] : [wording.noSignIn]),
  ]
  if (faults.length > 0) throw new StartError(faults)
}

function wechatOf(env: z.output<typeof Settings>) {
  const { WECHAT_APPID: appid, WECHAT_SECRET: secret, WECHAT_API_BASE: base } = env
  const { WECHAT_TOKEN: token, WECHAT_ENCODING_AES_KEY: encodingAesKey } = env
  const { WECHAT_REMINDER_TEMPLATE: reminder } = env
  if (Boolean(appid) !== Boolean(secret)) throw new StartError([wording.wechatBoth])
  if (encodingAesKey && !token) throw new StartError([wording.pushToken])
  if (token && !appid) throw new StartError([wording.pushApp])
  if (reminder && !appid) throw new StartError([wording.reminderApp])
  if (!appid || !secret) return undefined
  /** What message push is signed and encrypted with; without a token nothing is taken. */
  return { appid, secret, base, reminder, push: token ? { appid, token, encodingAesKey } : undefined }
}

function wecomOf(env: z.output<typeof Settings>) {
  const { WECOM_CORPID: corpid, WECOM_SECRET: secret, WECOM_AGENTID: agentid, WECOM_API_BASE: base } = env
  const given = [corpid, secret, agentid].filter(value => value !== undefined).length
  if (given !== 0 && given !== 3) throw new StartError([wording.wecomAll])
  if (!corpid || !secret || agentid === undefined) return undefined
  /** What opens from a message: the mini-program linked to the app, or else the site. */
  const lead = { appid: env.WECOM_MINIPROGRAM_APPID ?? env.WECHAT_APPID, site: env.SITE_URL }
  return { corpid, secret, agentid, base, ...lead }
}

function modelOf(env: z.output<typeof Settings>) {
  const { MODEL_BASE_URL: base, MODEL_KEY: key, MODEL_NAME: name } = env
  const given = [base, key, name].filter(Boolean).length
  if (given !== 0 && given !== 3) throw new StartError([wording.modelAll])
  if (!base || !key || !name) return undefined
  return {
    base,
    key,
    name,
    filing: env.MODEL_FILING,
    price: { prompt: env.MODEL_PRICE_PROMPT, completion: env.MODEL_PRICE_COMPLETION },
    firstMs: env.MODEL_FIRST_SECONDS * 1000,
    wholeMs: env.MODEL_WHOLE_SECONDS * 1000,
  }
}

/** An endpoint that may need no key, as one on the county's own machine. */
function endpointOf(name: string, base: string | undefined, model: string | undefined, key: string) {
  if (Boolean(base) !== Boolean(model)) throw new StartError([wording.endpointBoth(name)])
  return base && model ? { base, model, key } : undefined
}
