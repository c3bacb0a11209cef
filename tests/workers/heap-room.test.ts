import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { growthPercent } from '../../main/workers/heap-room.ts';

const source = pathToFileURL(path.join(import.meta.dirname, '..', '..', 'main', 'workers', 'heap-room.ts')).href;

/** How far the heap may grow after a search of all of it, bytes: V8 tells it where it is asked to. */
function roomAfter(statement: string): number {
  const program = `import { keepHeapRoom } from ${JSON.stringify(source)}; ${statement}; gc();`;
  const flags = ['--disable-warning=ExperimentalWarning', '--expose-gc', '--trace-gc-verbose', '--input-type=module'];
  const told = execFileSync(process.execPath, [...flags, '-e', program], { encoding: 'utf8' });
  const limits = [...told.matchAll(/\[HeapController\] Limit: old size: (\d+) KB, new limit: (\d+) KB/g)];
  const [, used, limit] = limits.at(-1) ?? [];
  return 1024 * (Number(limit) - Number(used));
}

test('a heap may grow by the pictures that are in use before all of it is searched', () => {
  const room = 64 << 20;
  expect(roomAfter('')).toBeLessThan(room / 2);
  expect(roomAfter(`keepHeapRoom(${room})`)).toBeGreaterThan(0.9 * room);
});

test.each([
  [64, 16, 400],
  [64, 640, 10],
  [1, 1000, 1],
  [64, 0, 6400],
])('to grow by %i a heap of %i may become %i %% larger', (bytes, used, percent) => {
  expect(growthPercent(bytes, used)).toBe(percent);
});
