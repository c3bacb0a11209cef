import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ArchiveLimits, defaultArchiveLimits, extractArchive } from '../../../main/drafts/archive/extract.ts';
import { StationError } from '../../../main/shared/errors/index.ts';
import { temporaryFolder } from '../support/fetching.ts';
import { fileWith, type RawEntry, rawZip, zipOf } from '../support/zip.ts';

const limits: ArchiveLimits = { ...defaultArchiveLimits, totalBytes: 10_000_000 };

async function extract(bytes: Buffer, changed: Partial<ArchiveLimits> = {}, signal = new AbortController().signal) {
  const folder = await temporaryFolder();
  const file = await fileWith(bytes);
  const run = () =>
    extractArchive({ file, folder, address: 'example.com/d.zip', limits: { ...limits, ...changed } }, signal);
  const listed = async () => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
      .sort();
  };
  return { folder, run, listed };
}

async function refusal(entries: readonly RawEntry[] | Buffer, changed: Partial<ArchiveLimits> = {}) {
  const { run } = await extract(Buffer.isBuffer(entries) ? entries : rawZip(entries), changed);
  const error = await run().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof StationError)) throw new Error(`not refused: ${error}`);
  return error;
}

describe('unpacking a draft', () => {
  it('keeps folders, names and bytes', async () => {
    const { folder, run, listed } = await extract(
      await zipOf({ '草稿/draft_content.json': '{}', '草稿/assets/a.mp4': 'aa' }),
    );
    await run();
    expect(await listed()).toEqual(['草稿/assets/a.mp4', '草稿/draft_content.json']);
    expect(await readFile(path.join(folder, '草稿/assets/a.mp4'), 'utf8')).toBe('aa');
  });

  it('reads names of Chinese Windows (GBK), of macOS (UTF-8 without its flag) and of the Unicode field', async () => {
    const gbk = Buffer.from('b2ddb8e52fcad3c6b52e6d7034', 'hex'); // 草稿/视频.mp4
    const unicode = Buffer.from('第三.mp4');
    const legacy = Buffer.from('3.mp4');
    const field = Buffer.alloc(9 + unicode.length);
    field.writeUInt16LE(0x7075, 0);
    field.writeUInt16LE(5 + unicode.length, 2);
    field[4] = 1;
    field.writeUInt32LE(crc32(legacy), 5);
    unicode.copy(field, 9);
    const { run, listed } = await extract(
      rawZip([
        { name: gbk, body: '1' },
        { name: '第二.mp4', body: '2' },
        { name: legacy, body: '3', extra: field },
        { name: '第四.mp4', body: '4', flags: 0x800 },
      ]),
    );
    await run();
    expect(await listed()).toEqual(['第三.mp4', '第二.mp4', '第四.mp4', '草稿/视频.mp4'].sort());
  });

  it('renames what only looks odd and lets nothing overwrite anything', async () => {
    const { run, listed } = await extract(
      rawZip([
        { name: 'a\\b.mp4', body: '1' },
        { name: 'A/B.mp4', body: '2' },
        { name: 'a/b.mp4', body: '3' },
        { name: 'nul.mp4', body: '4' },
        { name: 'x.mp4:evil', body: '5' },
        { name: 'y.mp4. .', body: '6' },
        { name: '__MACOSX/a/._b.mp4', body: '7' },
        { name: 'a/.DS_Store', body: '8' },
        { name: `${'n'.repeat(300)}.mp4`, body: '9' },
      ]),
    );
    await run();
    const names = await listed();
    expect(names).toEqual(
      expect.arrayContaining(['_nul.mp4', 'a/b.mp4', 'x.mp4_evil', 'y.mp4', 'a/b~3.mp4', 'A/B~2.mp4']),
    );
    expect(names.find((name) => name.startsWith('nnn'))).toMatch(/^n+~[0-9a-f]{8}\.mp4$/);
    expect(names).toHaveLength(7);
  });
});

describe('an attack by archive', () => {
  it.each([
    ['../evil.txt', 'leaves its folder'],
    ['a/../../evil.txt', 'leaves its folder'],
    ['..\\evil.txt', 'leaves its folder'],
    ['/etc/cron.d/evil', 'absolute path'],
    ['\\\\nas\\evil', 'absolute path'],
    ['C:\\Windows\\evil.dll', 'drive letter'],
    ['C:evil.dll', 'drive letter'],
    ['a\0.mp4', 'NUL character'],
    ['d/'.repeat(30), 'too many folders'],
    ['n'.repeat(2000), 'path too long'],
  ])('the name %j is refused', async (name, reason) => {
    const error = await refusal([
      { name: 'draft_content.json', body: '{}' },
      { name, body: 'evil' },
    ]);
    expect(error).toMatchObject({
      code: 'ARCHIVE_UNSAFE',
      class: 'never',
      params: { reason, address: 'example.com/d.zip' },
    });
  });

  it.each([0o120777, 0o060644, 0o010644, 0o140644])(
    'the entry of mode %o (link, device, pipe, socket) is refused',
    async (mode) => {
      const error = await refusal([{ name: 'a', body: '/etc/passwd', mode }]);
      expect(error).toMatchObject({ code: 'ARCHIVE_UNSAFE', params: { entry: 'a', reason: 'link or device' } });
    },
  );

  it('too many entries are refused before any is written', async () => {
    const entries = Array.from({ length: 20 }, (_, index) => ({ name: `${index}`, body: 'x' }));
    expect(await refusal(entries, { entries: 10 })).toMatchObject({ code: 'ARCHIVE_TOO_LARGE' });
  });

  it('too many bytes are refused by what the directory says', async () => {
    const error = await refusal([
      { name: 'a', body: Buffer.alloc(6_000_000) },
      { name: 'b', body: Buffer.alloc(6_000_000) },
    ]);
    expect(error).toMatchObject({ code: 'ARCHIVE_TOO_LARGE', params: { reason: 'more than 10 MB' } });
  });

  it('a directory that lies about sizes gains nothing', async () => {
    const error = await refusal([{ name: 'a', body: Buffer.alloc(40_000_000), claimedBytes: 100 }]);
    expect(error).toMatchObject({ code: 'ARCHIVE_DAMAGED' });
  });

  it('a bomb is refused by its ratio', async () => {
    const bomb = rawZip([{ name: 'a.wav', body: Buffer.alloc(9_000_000) }]);
    expect(bomb.length).toBeLessThan(20_000);
    expect(await refusal(bomb, { ratioFreeBytes: 1_000_000 })).toMatchObject({
      code: 'ARCHIVE_TOO_LARGE',
      params: { reason: 'packed more than 100:1' },
    });
  });

  it('entries that share their packed bytes count every time', async () => {
    // All directory entries point to the one stored file.
    const zip = rawZip([{ name: 'a', body: Buffer.alloc(2_000_000, 'ab'), method: 0 }]);
    const start = zip.readUInt32LE(zip.length - 6);
    const listing = zip.subarray(start, zip.length - 22);
    const many = 200;
    const end = Buffer.from(zip.subarray(zip.length - 22));
    end.writeUInt16LE(many, 8);
    end.writeUInt16LE(many, 10);
    end.writeUInt32LE(listing.length * many, 12);
    const quine = Buffer.concat([zip.subarray(0, start), ...Array<Buffer>(many).fill(listing), end]);
    expect(await refusal(quine, { totalBytes: 1_000_000_000 })).toMatchObject({ code: 'ARCHIVE_TOO_LARGE' });
  });

  it.each([
    ['cut off', (zip: Buffer) => zip.subarray(0, zip.length - 10)],
    ['no zip at all', () => Buffer.from('PK\x03\x04 nothing')],
    ['empty', () => Buffer.alloc(0)],
    ['wrong bytes', (zip: Buffer) => Buffer.concat([zip.subarray(0, 40), Buffer.alloc(60, 0xff), zip.subarray(100)])],
  ])('a damaged archive (%s) is said to be one', async (_what, damage) => {
    const zip = rawZip([{ name: 'a', body: Buffer.from('some text that compresses badly: 8f3k1zq0'.repeat(20)) }]);
    expect(await refusal(damage(zip))).toMatchObject({ code: 'ARCHIVE_DAMAGED', class: 'never' });
  });

  it('a password or an unknown method is said', async () => {
    expect(await refusal([{ name: 'a', body: 'x', flags: 1 }])).toMatchObject({ params: { reason: 'password' } });
    expect(await refusal([{ name: 'a', body: 'x', method: 99 }])).toMatchObject({ code: 'ARCHIVE_DAMAGED' });
  });

  it('is left when the task is cancelled', async () => {
    const abort = new AbortController();
    const { run } = await extract(rawZip([{ name: 'a', body: 'x' }]), {}, abort.signal);
    abort.abort(new Error('cancelled'));
    await expect(run()).rejects.toThrow('cancelled');
  });

  it('does not follow what is in its way', async () => {
    const { folder, run } = await extract(rawZip([{ name: 'a/b', body: 'x' }]));
    await writeFile(path.join(folder, 'a'), 'a file where a folder is wanted');
    await expect(run()).rejects.toBeInstanceOf(StationError);
  });
});
