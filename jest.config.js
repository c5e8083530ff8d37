/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/test'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  maxWorkers: '100%',
  testTimeout: 30_000,
  transform: {
    '\\.tsx?$|node_modules/marked/.*\\.js$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript', tsx: true }, target: 'es2022' } },
    ],
  },
  // marked is an ES module only, and jest runs CommonJS.
  transformIgnorePatterns: ['/node_modules/(?!marked/)', '/dist/'],
}
