import { describe, expect, it } from 'vitest';
import { contentKind, decodeText } from '../../../main/drafts/content-kind.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const cipher = 'h4g8XOe6'.repeat(20);

describe('what a file is, by its first bytes', () => {
  it.each([
    ['{"tracks":[]}', 'json'],
    ['\ufeff\r\n\t {', 'json'],
    ['[1]', 'json'],
    ['<!DOCTYPE html><html>', 'html'],
    ['  <html>', 'html'],
    [cipher, 'encrypted'],
    [`${cipher}\n`, 'encrypted'],
    [`\ufeff${cipher}`, 'encrypted'],
    ['NotFound', 'damaged'],
    ['', 'damaged'],
    ['   ', 'damaged'],
    [`${cipher} and words`, 'damaged'],
    ['\0\0\0\0', 'damaged'],
  ])('%j is %s', (text, kind) => {
    expect(contentKind(bytes(text))).toBe(kind);
  });

  it('knows zips, empty ones too', () => {
    expect(contentKind(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0))).toBe('zip');
    expect(contentKind(Uint8Array.of(0x50, 0x4b, 5, 6, 0, 0))).toBe('zip');
  });

  it('reads UTF-16 with a byte order mark', () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('{"a":"夜"}', 'utf16le')]);
    expect(contentKind(utf16)).toBe('json');
    expect(decodeText(utf16)).toBe('{"a":"夜"}');
    expect(decodeText(Buffer.from(utf16).subarray(0, 2).reverse())).toBe('');
  });

  it('looks at no more than it needs', () => {
    expect(contentKind(bytes(cipher.repeat(10_000)))).toBe('encrypted');
    expect(contentKind(bytes(' '.repeat(5_000_000)))).toBe('damaged');
  });
});
