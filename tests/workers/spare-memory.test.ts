import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { spareMemory } from '../../main/workers/spare-memory.ts';

const source = pathToFileURL(path.join(import.meta.dirname, '..', '..', 'main', 'workers', 'spare-memory.ts')).href;

/** Pictures of 8 MB, each with something small behind it that stays when the picture goes. */
const program = `
  import { spareMemory } from ${JSON.stringify(source)};
  const giveBack = spareMemory();
  const pairs = Array.from({ length: 40 }, () => [new ArrayBuffer(8 << 20), new ArrayBuffer(64 << 10)]);
  for (const pair of pairs) for (const buffer of pair) new Uint8Array(buffer).fill(1);
  for (const [picture] of pairs) picture.transfer(0);
  const kept = process.memoryUsage.rss();
  giveBack();
  console.log(JSON.stringify([kept, process.memoryUsage.rss()]));
`;

test('memory of pictures that are gone goes back to the system', () => {
  if (process.platform !== 'linux') {
    // Windows and macOS keep no such memory.
    expect(spareMemory()).toBeNull();
    return;
  }
  // Such pictures are on the heap once glibc has seen a few of them, and this heap never shrinks by itself.
  const most = String(1 << 30);
  const env = { ...process.env, MALLOC_MMAP_THRESHOLD_: String(32 << 20), MALLOC_TRIM_THRESHOLD_: most };
  const options = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program];
  const [before = 0, after = 0] = JSON.parse(execFileSync(process.execPath, options, { env, encoding: 'utf8' }));
  expect(before - after).toBeGreaterThan(200 << 20);
});
