const tseslint = require('typescript-eslint')

/** The features, in their total order; `.dependency-cruiser.cjs` has the same list. */
const features =
  'account,unit,audit,policy,question,points,credit,media,course,quiz,exam,assessment,training,survey,reminder,chat'

const chineseText = {
  selector:
    ':matches(Literal[value=/[\\u4e00-\\u9fff]/], TemplateElement[value.raw=/[\\u4e00-\\u9fff]/], JSXText[value=/[\\u4e00-\\u9fff]/])',
  message: 'Chinese text belongs in shared/errors.ts, a wording.ts or prompt.ts, a page or a component.',
}
const worldInRule = {
  selector:
    ":matches(MemberExpression[object.name='Date'][property.name='now'], MemberExpression[object.name='Math'][property.name='random'], MemberExpression[object.name='process'], MemberExpression[object.name='performance'], NewExpression[callee.name='Date'][arguments.length=0], CallExpression[callee.name=/^(setTimeout|setInterval|fetch|randomUUID|randomBytes)$/])",
  message: 'A rule is handed the moment, the seed and the settings.',
}
const moduleMock = {
  selector:
    "CallExpression[callee.object.name='jest'][callee.property.name=/^(mock|doMock|unstable_mockModule|spyOn|replaceProperty)$/]",
  message: 'Hand a fake to createApp instead.',
}

/** Where Chinese text may stand: what is said to people, and words that are matched, which are data. */
const worded = [
  'shared/errors.ts',
  'server/**/{wording,prompt}.ts',
  'server/**/*vocabulary.ts',
  'server/question/import/**',
  'server/policy/{split,metadata}/**',
  'server/chat/words.ts',
  'server/base/prose.ts',
  'server/reading/word-numbering.ts',
  'miniprogram/src/{pages,components}/**',
  'miniprogram/src/{when,wording}.ts',
  'miniprogram/src/app.config.ts',
]
/** In a feature every file is a rule but these; a rule is pure. */
const rules = [`server/{${features}}/**/!(*routes|*service|*model|*worker).ts`]

/** Only rules that have caught real bugs; how code looks is prettier's business, how it fits together is depcruise's. */
module.exports = tseslint.config(
  { ignores: ['**/*.{js,cjs,mjs}', 'dist', 'coverage', 'node_modules'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.base],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/require-array-sort-compare': ['error', { ignoreStringArrays: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  {
    files: ['server/**', 'shared/**', 'miniprogram/**'],
    ignores: worded,
    rules: { 'no-restricted-syntax': ['error', chineseText] },
  },
  {
    files: rules,
    ignores: worded,
    rules: { 'no-restricted-syntax': ['error', chineseText, worldInRule] },
  },
  {
    files: rules.flatMap(pattern => worded.map(file => [pattern, file])),
    rules: { 'no-restricted-syntax': ['error', worldInRule] },
  },
  { files: ['test/**'], rules: { 'no-restricted-syntax': ['error', moduleMock] } },
)
