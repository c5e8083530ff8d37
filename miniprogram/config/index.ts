import { resolve } from 'node:path'

const root = resolve(__dirname, '../..')
const type = process.env.TARO_ENV ?? 'weapp'

/** Where the mini-program finds its server. A release must say it; h5 is served by the server itself. */
function apiBase(): string {
  if (type === 'h5') return ''
  const base = process.env.RIZHI_API_BASE
  if (!base && process.env.NODE_ENV === 'production' && process.env.RELEASE === '1') {
    throw new Error('RIZHI_API_BASE is required for a release: the https address of the server')
  }
  return (base ?? 'http://127.0.0.1:3000').replace(/\/$/, '')
}

interface Chain {
  plugin(name: string): { use(plugin: unknown, options: object[]): void }
}

/**
 * All pages in one script: each page alone carries 20 KB of what they share, and a page that is fetched when it is
 * opened cannot be opened without network.
 */
const oneScript = (chain: Chain, { optimize }: { optimize: { LimitChunkCountPlugin: unknown } }): void =>
  chain.plugin('one-script').use(optimize.LimitChunkCountPlugin, [{ maxChunks: 1 }])

/** One build description for both ends. Sizes stay in px: large fonts are a choice of the cadre, not of the screen. */
export default {
  projectName: 'rizhi',
  designWidth: 375,
  deviceRatio: { 375: 2, 640: 1.17, 750: 1, 828: 0.905 },
  sourceRoot: 'src',
  outputRoot: `${process.env.RIZHI_DIST ?? '../dist'}/${type}`,
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  logger: { quiet: false, stats: false },
  defineConstants: { API_BASE: JSON.stringify(apiBase()) },
  mini: {
    compile: { include: [resolve(root, 'shared')] },
    postcss: { pxtransform: { enable: false, config: {} } },
  },
  h5: {
    publicPath: './',
    staticDirectory: 'static',
    router: { mode: 'hash' },
    webpackChain: oneScript,
    compile: { include: [resolve(root, 'shared')] },
    postcss: {
      autoprefixer: { enable: true, config: {} },
      pxtransform: { enable: false, config: { maxRootSize: 20 } },
    },
  },
}
