import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isCutShort } from '../../main/media/cut-short.ts';
import { scratchFolder } from '../support/media.ts';

const { folder, remove } = scratchFolder('cut');
afterAll(remove);
const written = (bytes: Buffer) => {
  const file = path.join(folder, 'file');
  writeFileSync(file, bytes);
  return file;
};

const number32 = (value: number) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value]);
const box = (type: string, size: number, body: number) =>
  Buffer.concat([number32(size), Buffer.from(type, 'latin1'), Buffer.alloc(body)]);
const riff = (size: number) => {
  const bytes = Buffer.alloc(1000);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(size, 4);
  bytes.write('WAVE', 8);
  return bytes;
};
/** An EBML header of no length and a segment with a size as it is written. */
const matroska = (size: string) => Buffer.concat([Buffer.from(`1a45dfa38018538067${size}`, 'hex'), Buffer.alloc(500)]);
const page = (body: number) => {
  const head = Buffer.alloc(28);
  head.write('OggS', 0);
  head[26] = 1;
  head[27] = 200;
  return Buffer.concat([head, Buffer.alloc(body)]);
};
const film = [box('ftyp', 16, 8), box('mdat', 108, 100), box('moov', 58, 50)];

test.each<[string, Buffer, boolean]>([
  ['a sound of its size', riff(992), false],
  ['a sound whose writer counted the header too', riff(1000), false],
  ['a sound that was written without going back', riff(0), false],
  ['a sound whose writer said that there is no end', riff(0xffff_ffff), false],
  ['a sound that says more', riff(2000), true],
  ['a film of its size', matroska('41f4'), false],
  ['a film that says more', matroska('420f'), true],
  ['a film whose size takes eight bytes', matroska('010000000000020f'), true],
  ['a film that was written without going back', matroska('01ffffffffffffff'), false],
  ['a film in boxes', Buffer.concat(film), false],
  ['a film in boxes with something behind it', Buffer.concat([...film, Buffer.from('\0\0\0\0 comment')]), false],
  ['a film whose last box goes on', Buffer.concat([...film, box('free', 5000, 10)]), true],
  ['a film in boxes that ends between two of them', Buffer.concat(film.slice(0, 2)), false],
  ['a film the last box of which has no end', Buffer.concat([...film, box('mdat', 0, 10)]), false],
  ['a moving picture with its end', Buffer.from('GIF89a........;'), false],
  ['a moving picture that was filled up behind its end', Buffer.from('GIF89a........;\0\0\n'), false],
  ['a moving picture without its end', Buffer.from('GIF89a........'), true],
  ['a recorded broadcast', Buffer.concat([page(200), page(200)]), false],
  ['a recorded broadcast whose last page goes on', Buffer.concat([page(200), page(120)]), true],
  ['nothing', Buffer.alloc(0), false],
  ['half a mark', Buffer.from('RIFF'), false],
  ['something else', Buffer.from('hello, world'), false],
])('%s', (_, bytes, cut) => {
  expect(isCutShort(written(bytes))).toBe(cut);
});

test.skipIf(process.platform === 'win32')('a pipe, which is not waited for', () => {
  const pipe = path.join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  expect(isCutShort(pipe)).toBe(false);
});

test('neither a folder nor a missing file', () => {
  expect(isCutShort(folder)).toBe(false);
  expect(isCutShort(path.join(folder, 'none'))).toBe(false);
});
