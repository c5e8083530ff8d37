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
    // Words a reader or a learner uses are data there: headers of question banks, answers in the chat.
    files: ['server/**', 'shared/**', 'miniprogram/**'],
    ignores: [
      'shared/errors.ts',
      'server/**/{wording,prompt}.ts',
      'server/**/*vocabulary.ts',
      'miniprogram/src/{pages,components}/**',
      'miniprogram/src/app.config.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', chineseText] },
  },
  {
    files: [`server/{${features}}/!(*routes|*service|*model|*worker).ts`],
    ignores: ['server/**/{wording,prompt}.ts', 'server/**/*vocabulary.ts'],
    rules: { 'no-restricted-syntax': ['error', chineseText, worldInRule] },
  },
  {
    files: [`server/{${features}}/**/*vocabulary.ts`, `server/{${features}}/**/{wording,prompt}.ts`],
    rules: { 'no-restricted-syntax': ['error', worldInRule] },
  },
  { files: ['test/**'], rules: { 'no-restricted-syntax': ['error', moduleMock] } },
)
