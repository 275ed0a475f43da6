import type { Config } from 'jest';

/** Folders whose branches must be covered (the pure middle and the Graph edge). */
const COVERED = ['lib', 'entra', 'commands', 'cards', 'policy', 'graph', 'ledger'];

const config: Config = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  setupFiles: ['<rootDir>/test/support/seed.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/strip-types.cjs' },
  collectCoverageFrom: COVERED.map((folder) => `src/${folder}/**/*.ts`),
  coverageReporters: ['text'],
  coverageThreshold: {
    global: {},
    ...Object.fromEntries(COVERED.map((folder) => [`./src/${folder}/`, { branches: 95 }])),
  },
  reporters: ['default', '<rootDir>/test/support/closing-line.cjs'],
  maxWorkers: 2,
  // Modules of a test file are never forgotten by its worker, which would run out of memory after some hundred files.
  workerIdleMemoryLimit: '1GB',
  // Only what hangs may fail by it: stories and child processes are quick, yet not on a machine that is busy elsewhere.
  testTimeout: 240_000,
};

export default config;
