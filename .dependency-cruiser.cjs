/** The floors of the house: who may import whom. Features stand in this order; each knows only those before it. */
const order = [
  'account',
  'unit',
  'audit',
  'policy',
  'question',
  'points',
  'credit',
  'media',
  'course',
  'quiz',
  'exam',
  'assessment',
  'training',
  'survey',
  'reminder',
  'chat',
]
const features = `(${order.join('|')})`
/** In a feature, only these touch the world; every other file is a rule. */
const worldly = '(routes|service|model|worker)\\.ts$'

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'nothing-missing', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'shared-is-the-ground',
      severity: 'error',
      from: { path: '^shared/' },
      to: { pathNot: ['^shared/', 'node_modules/zod/'] },
    },
    {
      name: 'miniprogram-knows-no-server',
      severity: 'error',
      from: { path: '^miniprogram/' },
      to: { path: '^server/' },
    },
    {
      name: 'miniprogram-takes-types-only',
      comment: 'zod costs 86 kB of the package, and its code generation is forbidden in WeChat',
      severity: 'error',
      from: { path: '^miniprogram/' },
      to: { path: '^shared/', pathNot: '^shared/(day|errors)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'ground-floor-knows-no-feature',
      severity: 'error',
      from: { path: '^server/(base|http|clients|embedded|reading)/' },
      to: { path: `^server/(${features}/|(main|app|jobs|cli)\\.ts$)` },
    },
    {
      name: 'base-knows-only-base',
      severity: 'error',
      from: { path: '^server/base/' },
      to: { path: '^server/(http|clients|embedded|reading)/' },
    },
    {
      name: 'the-engine-stands-alone',
      severity: 'error',
      from: { path: '^server/embedded/' },
      to: { path: '^server/(http|clients|reading)/' },
    },
    {
      name: 'features-meet-at-service',
      severity: 'error',
      from: { path: `^server/${features}/` },
      to: { path: `^server/${features}/`, pathNot: ['^server/$1/', 'service\\.ts$'] },
    },
    ...order.slice(0, -1).map((feature, i) => ({
      name: `${feature}-knows-no-later-feature`,
      severity: 'error',
      from: { path: `^server/${feature}/` },
      to: { path: `^server/(${order.slice(i + 1).join('|')})/` },
    })),
    {
      name: 'clients-are-handed-in',
      severity: 'error',
      from: { path: `^server/(${features}/|app\\.ts$|http/)` },
      to: { path: '^server/clients/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      from: { path: `^server/${features}/`, pathNot: worldly },
      to: {
        path: [
          '^server/(http|clients|embedded)/',
          worldly,
          'node_modules/(mongoose|mongodb|koa|@koa|openai|node-cron|pino)/',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'rules-take-only-words-from-base',
      severity: 'error',
      from: { path: `^server/${features}/`, pathNot: worldly },
      to: {
        path: '^server/base/',
        pathNot: '^server/base/(errors|prose|classified|masking)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'rules-use-no-node',
      comment: 'a hash is a function of its input',
      severity: 'error',
      from: { path: `^server/${features}/`, pathNot: worldly },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    { name: 'tests-stay-out', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
    {
      name: 'no-dev-package-at-work',
      severity: 'error',
      from: { path: '^server/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.(scss|css|png|jpg|svg)$' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
