import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { MediaCache } from '../../../main/drafts/media/cache.ts';
import { temporaryFolder } from '../support/fetching.ts';

const hour = 3_600_000;
const url = (name: string) => `https://media.example.com/${name}.mp4`;

async function cacheOf(limitBytes: number) {
  const folder = path.join(await temporaryFolder(), 'cache');
  const work = await temporaryFolder();
  const cache = new MediaCache(folder, limitBytes);
  const keep = async (name: string, bytes: number) => {
    const file = path.join(work, `${name}-${bytes}`);
    await writeFile(file, Buffer.alloc(bytes, name));
    await cache.keep(url(name), file, { etag: `"${name}"`, lastModified: null }, 1000);
  };
  /** Makes a copy look as if it was used at a time. */
  const usedAt = async (name: string, seconds: number) => {
    const found = await cache.find(url(name));
    const note = path.basename(found?.file ?? '').split('-')[0];
    await utimes(path.join(folder, `${note}.json`), seconds, seconds);
  };
  return { cache, folder, work, keep, usedAt };
}

describe('the media cache', () => {
  it('gives back what it was given', async () => {
    const { cache, work, keep } = await cacheOf(1_000_000);
    await keep('a', 100);
    const found = await cache.find(`${url('a')}?x-expires=9&x-signature=other`);
    expect(found).toMatchObject({ bytes: 100, validator: { etag: '"a"' }, fetchedAtMs: 1000, isSameAddress: false });
    const target = path.join(work, 'target');
    expect(found !== null && (await cache.take(url('a'), found, target))).toBe(true);
    expect(await readFile(target)).toEqual(Buffer.alloc(100, 'a'));
    expect(await cache.find(url('b'))).toBeNull();
    expect(await cache.find(`${url('a')}?version=2`)).toBeNull();
  });

  it('throws away what was used longest ago, and keeps the limit', async () => {
    const { cache, keep, usedAt } = await cacheOf(250);
    for (const [index, name] of ['a', 'b', 'c'].entries()) {
      await keep(name, 100);
      await usedAt(name, 1000 + index);
    }
    const oldest = await cache.find(url('a'));
    if (oldest === null) throw new Error('not kept');
    const { work } = await cacheOf(0);
    await cache.take(url('a'), oldest, path.join(work, 'a'));
    await cache.trim(Date.now());
    expect(
      (await Promise.all(['a', 'b', 'c'].map((name) => cache.find(url(name))))).map((found) => found !== null),
    ).toEqual([true, false, true]);
  });

  it('a file in use outlives its copy', async () => {
    const { cache, work, folder, keep } = await cacheOf(100);
    await keep('a', 100);
    const found = await cache.find(url('a'));
    if (found === null) throw new Error('not kept');
    const target = path.join(work, 'target');
    await cache.take(url('a'), found, target);
    await new MediaCache(folder, 0).trim(Date.now());
    expect(await readdir(folder)).toEqual([]);
    expect((await stat(target)).size).toBe(100);
    expect(await cache.take(url('a'), found, path.join(work, 'late'))).toBe(false);
  });

  it('keeps no file larger than itself', async () => {
    const { cache, keep } = await cacheOf(99);
    await keep('a', 100);
    expect(await cache.find(url('a'))).toBeNull();
  });

  it('a newer file replaces the older one whole', async () => {
    const { cache, folder, keep } = await cacheOf(1000);
    await keep('a', 100);
    await keep('a', 200);
    expect((await cache.find(url('a')))?.bytes).toBe(200);
    expect((await readdir(folder)).filter((name) => name.endsWith('.media'))).toHaveLength(1);
  });

  it('leftovers of a crash go, what another process is writing stays', async () => {
    const { cache, folder, keep } = await cacheOf(1000);
    await keep('a', 100);
    await writeFile(path.join(folder, '0123-abc.media'), 'half');
    await writeFile(path.join(folder, '0123.json.x.tmp'), '{');
    await writeFile(path.join(folder, 'broken.json'), '{"file": "../../etc/passwd"}');
    await cache.trim(Date.now());
    expect(await readdir(folder)).toContain('0123-abc.media');
    await cache.trim(Date.now() + 2 * hour);
    const left = await readdir(folder);
    expect(left).toHaveLength(2);
    expect(await cache.find(url('a'))).not.toBeNull();
  });

  it('notes that lead out of the folder are ignored', async () => {
    const { cache, folder, keep } = await cacheOf(1000);
    await keep('a', 100);
    const [note] = (await readdir(folder)).filter((name) => name.endsWith('.json'));
    const file = path.join(folder, note ?? '');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/"file":"[^"]+"/, '"file":"../../../../etc/hostname"'));
    expect(await cache.find(url('a'))).toBeNull();
  });
});
