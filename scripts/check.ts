/** The gate: types, lint, layer rules, unused code, generated documents. Runs every step and reports all failures. */
import { spawnSync } from 'node:child_process';

const steps: readonly (readonly [name: string, ...command: string[]])[] = [
  ['types', 'tsc', '-p', 'tsconfig.json'],
  ['types of main/shared (no Node, no DOM)', 'tsc', '-p', 'tsconfig.shared.json'],
  ['types of the bridge', 'tsc', '-p', 'tsconfig.preload.json'],
  ['types of the window', 'tsc', '-p', 'tsconfig.renderer.json'],
  ['lint and format', 'biome', 'check', '--error-on-warnings', '.'],
  ['layer rules', 'depcruise', '--config', '.dependency-cruiser.cjs', 'main', 'preload', 'renderer'],
  ['unused code', 'knip'],
  ['generated documents', 'scripts/openapi.ts', '--check'],
];

const failed = steps.filter(([name, command, ...args]) => {
  console.log(`\n== ${name}`);
  return (
    spawnSync(process.execPath, [command?.endsWith('.ts') ? command : `node_modules/.bin/${command}`, ...args], {
      stdio: 'inherit',
    }).status !== 0
  );
});
console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.map(([name]) => name).join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
