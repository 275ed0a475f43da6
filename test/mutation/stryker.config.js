/**
 * Mutation testing of what decides about changes: `npm run test:mutation`. Every mutant is met by the tests that
 * `tests.ts` names, all of one process and without a store, so that a thousand of them take minutes.
 */
export default {
  mutate: [
    'src/policy/**/*.ts',
    'src/entra/risk.ts',
    'src/actions/approval.ts',
    'src/actions/approval/**/*.ts',
    'src/bot/authority.ts',
    'src/bot/worker.ts',
    'src/bot/held.ts',
    'src/bot/send.ts',
  ],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  coverageAnalysis: 'perTest',
  jest: {
    // One test file for all: each file costs every mutant the start of Jest's own world once more.
    config: { testMatch: ['<rootDir>/test/mutation/tests.ts'], reporters: [] },
    enableFindRelatedTests: false,
  },
  // Stryker would read it with an interface that TypeScript 7 does not have; nothing of it is needed.
  tsconfigFile: 'absent.json',
  disableTypeChecks: false,
  thresholds: { high: 95, low: 90, break: 90 },
  reporters: ['clear-text'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  // A busy machine must not make a slow mutant a killed one.
  timeoutMS: 20_000,
  // Jest lets go of no module that it has loaded: by then a process holds half a gigabyte.
  maxTestRunnerReuse: 60,
  tempDirName: '.stryker',
};
