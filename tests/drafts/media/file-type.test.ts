import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileType, notMedia } from '../../../main/drafts/media/file-type.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const box = (brand: string) => bytes(`\0\0\0\x18ftyp${brand}\0\0\0\0`);

describe('the type of a media file', () => {
  it.each([
    ['mp4', box('isom'), '.mp4', 'video'],
    ['mp4 of other brands', box('avc1'), '.mp4', 'video'],
    ['QuickTime', box('qt  '), '.mov', 'video'],
    ['old QuickTime', bytes('\0\0\0\x08wide\0\0'), '.mov', 'video'],
    ['m4a', box('M4A '), '.m4a', 'sound'],
    ['heic', box('heic'), '.heic', 'picture'],
    ['avif', box('avif'), '.avif', 'picture'],
    ['webm, mkv', bytes('\x1aE\xdf\xa3\x01'), '.mkv', 'video'],
    ['avi', bytes('RIFF\0\0\0\0AVI LIST'), '.avi', 'video'],
    ['lottie', bytes('{"v":"5.7.4","fr":30,"ip":0,"op":60,"w":512'), '.json', 'picture'],
    ['lottie of another exporter', bytes('\n{"nm":"a","ddd":0,"meta":{},"layers":[{'), '.json', 'picture'],
    ['webp', bytes('RIFF\0\0\0\0WEBPVP8 '), '.webp', 'picture'],
    ['wav', bytes('RIFF\0\0\0\0WAVEfmt '), '.wav', 'sound'],
    ['jpeg', bytes('\xff\xd8\xff\xe0'), '.jpg', 'picture'],
    ['png', bytes('\x89PNG\r\n\x1a\n'), '.png', 'picture'],
    ['gif', bytes('GIF89a'), '.gif', 'picture'],
    ['mp3 with tag', bytes('ID3\x03\0'), '.mp3', 'sound'],
    ['mp3 without tag', bytes('\xff\xfb\x90\x64'), '.mp3', 'sound'],
    ['aac', bytes('\xff\xf1\x50\x80'), '.aac', 'sound'],
    ['ogg', bytes('OggS\0'), '.ogg', 'sound'],
    ['flac', bytes('fLaC\0'), '.flac', 'sound'],
    ['transport stream', Buffer.concat([bytes('G'), Buffer.alloc(187), bytes('G')]), '.ts', 'video'],
  ])('%s', (_what, head, extension, kind) => expect(fileType(head)).toEqual({ extension, kind }));

  it.each(['', 'hello', '{"code":403}', '{"v":1,"v":2,"v":3}', '<html>', '\xff\xff\xff\xff', 'RIFF\0\0\0\0????'])(
    '%j is of no known type',
    (text) => {
      expect(fileType(bytes(text))).toBeNull();
    },
  );

  it.each([
    ['  <!DOCTYPE html>', 'html'],
    ['<html lang="zh">', 'html'],
    ['<?xml version="1.0"?><Error><Code>AccessDenied</Code>', 'xml'],
    ['{"error": "expired"}', 'json'],
    ['[]', 'json'],
    ['', 'empty'],
    ['some raw samples', null],
  ])('%j is %s', (text, expected) => expect(notMedia(bytes(text))).toBe(expected));

  it('never fails', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (head) => {
        fileType(head);
        notMedia(head);
      }),
      { seed: 20261128, numRuns: 2000 },
    );
  });
});
