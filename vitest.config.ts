import { defineConfig } from 'vitest/config';

const common = { globals: false, restoreMocks: true, env: { TZ: 'Asia/Shanghai' } } as const;

export default defineConfig({
  test: {
    projects: [
      // Pure code, real-file SQLite, real listening servers: files run side by side.
      {
        test: {
          ...common,
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/e2e/**'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      // Whole stations, browsers, Electron, Wine: one file after another, they want the machine for themselves.
      {
        test: {
          ...common,
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          fileParallelism: false,
          // Browsers and Wine on a busy build machine: what fails once may be the machine, what fails twice is not.
          retry: process.env.CI === undefined ? 0 : 1,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
