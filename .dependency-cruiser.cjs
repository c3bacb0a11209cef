/** The layer rules of ARCHITECTURE.md, checked by `npm run check`. */
const under = (folder) => `^${folder}/`;

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^electron$' } },
    {
      name: 'electron-only-in-desktop',
      comment: 'The station runs in plain Node: only the Electron entry, desktop/ and preload/ know electron.',
      severity: 'error',
      from: { path: under('main'), pathNot: ['^main/index\\.ts$', under('main/desktop')] },
      to: { path: ['^electron$', 'node_modules/electron/', under('main/desktop')] },
    },
    {
      name: 'shared-stands-alone',
      comment: 'main/shared is spoken by every side: zod and itself, no Node, no DOM (tsconfig.shared.json).',
      severity: 'error',
      from: { path: under('main/shared') },
      to: { pathNot: [under('main/shared'), 'node_modules/zod/'] },
    },
    {
      name: 'renderer-knows-only-shared',
      severity: 'error',
      from: { path: under('renderer') },
      to: { path: [under('main'), under('preload')], pathNot: [under('main/shared'), '^preload/api\\.ts$'] },
    },
    {
      name: 'queue-knows-no-engine',
      severity: 'error',
      from: { path: under('main/queue') },
      to: {
        path: [
          under('main/api'),
          under('main/engines/(embedded|jianying)'),
          under('main/publish'),
          '^main/station\\.ts$',
        ],
      },
    },
    {
      name: 'engines-know-no-http',
      severity: 'error',
      from: { path: under('main/engines') },
      to: {
        path: [
          under('main/api'),
          under('main/queue'),
          under('main/publish'),
          'node_modules/(express|undici)/',
          '^https?$',
        ],
      },
    },
    {
      name: 'drafts-know-no-engine',
      severity: 'error',
      from: { path: under('main/drafts') },
      to: {
        path: [
          under('main/api'),
          under('main/queue'),
          under('main/engines/(embedded|jianying)'),
          under('main/publish'),
        ],
      },
    },
    {
      name: 'nothing-imports-the-composition-root',
      severity: 'error',
      from: { path: under('main/(shared|api|queue|drafts|engines|publish)') },
      to: { path: ['^main/(station|headless|index)\\.ts$'] },
    },
    {
      name: 'product-needs-no-dev-dependency',
      severity: 'error',
      from: { path: under('main') },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: ['node_modules/electron/'] },
    },
    {
      name: 'tests-stay-outside',
      severity: 'error',
      from: { pathNot: ['^tests/', '^scripts/'] },
      to: { path: '^tests/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
