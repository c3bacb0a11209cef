import { copyFile, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MediaCache } from '../../../main/drafts/media/cache.ts';
import { cacheFileName, noteOf, parseCacheFileName } from '../../../main/drafts/media/cache-name.ts';
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
    await cache.keep(url(name), file, bytes, { etag: `"${name}"`, lastModified: null });
  };
  /** Makes a copy look as if it was used at a time. */
  const usedAt = async (name: string, seconds: number) => {
    const found = await cache.find(url(name));
    await utimes(found?.file ?? '', seconds, seconds);
  };
  return { cache, folder, work, keep, usedAt };
}

describe('the media cache', () => {
  it('gives back what it was given', async () => {
    const { cache, work, keep } = await cacheOf(1_000_000);
    await keep('a', 100);
    const found = await cache.find(`${url('a')}?x-expires=9&x-signature=other`);
    expect(found).toMatchObject({ bytes: 100, validator: { etag: '"a"' }, isSameAddress: false });
    const target = path.join(work, 'target');
    expect(found !== null && (await cache.take(found, target))).toBe(true);
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
    await cache.take(oldest, path.join(work, 'a'));
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
    await cache.take(found, target);
    await new MediaCache(folder, 0).trim(Date.now());
    expect(await readdir(folder)).toEqual([]);
    expect((await stat(target)).size).toBe(100);
    expect(await cache.take(found, path.join(work, 'late'))).toBe(false);
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
    await writeFile(path.join(folder, '0b1c.tmp'), 'half');
    await writeFile(path.join(folder, 'holiday.jpg'), 'not ours');
    await cache.trim(Date.now());
    expect(await readdir(folder)).toContain('0b1c.tmp');
    await cache.trim(Date.now() + 2 * hour);
    expect(await readdir(folder)).toHaveLength(2);
    expect(await readdir(folder)).toContain('holiday.jpg');
    expect(await cache.find(url('a'))).not.toBeNull();
  });

  it('another station on the same folder finds what is there', async () => {
    const { cache, folder, keep } = await cacheOf(1000);
    await keep('a', 100);
    const [name = ''] = await readdir(folder);
    const other = await temporaryFolder();
    await copyFile(path.join(folder, name), path.join(other, name));
    expect(await new MediaCache(other, 1000).find(url('a'))).toMatchObject({ bytes: 100, validator: { etag: '"a"' } });
    expect(await cache.find(url('a'))).not.toBeNull();
  });

  it('comes back when its folder is removed under it', async () => {
    const { cache, folder, keep } = await cacheOf(1000);
    await keep('a', 100);
    await rm(folder, { recursive: true });
    expect(await cache.find(url('a'))).toBeNull();
    await keep('b', 100);
    await keep('c', 100);
    expect(await cache.find(url('c'))).not.toBeNull();
  });
});

describe('the name of a copy', () => {
  it('says everything that there is to know', () => {
    const validator = fc.oneof(
      fc.constant(null),
      fc.string({ minLength: 1, maxLength: 88 }).map((tag) => ({ etag: `"${tag}"`, lastModified: null })),
      fc.constant({ etag: null, lastModified: 'Fri, 27 Nov 2026 10:00:00 GMT' }),
    );
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), fc.nat(), validator, (address, bytes, known) => {
        const note = noteOf(address, bytes, known);
        const name = cacheFileName(note);
        expect(name.length).toBeLessThan(250);
        expect(name).toMatch(/^[A-Za-z0-9_.-]+$/);
        const isKept = (known?.etag ?? known?.lastModified ?? '').length <= 90;
        expect(parseCacheFileName(name)).toEqual(isKept ? note : { ...note, validator: null });
      }),
      { seed: 20261128, numRuns: 1000 },
    );
  });

  it.each(['', 'a.media', '../../etc/passwd', `${'0'.repeat(32)}-${'0'.repeat(16)}-1-x.media`])(
    '%j is none',
    (name) => {
      expect(parseCacheFileName(name)).toBeNull();
    },
  );
});
