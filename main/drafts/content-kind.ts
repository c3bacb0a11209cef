/**
 * What a file or answer that should be a draft really is. `encrypted`: Jianying 6 and later saved it; nobody but the
 * application reads it.
 */
export type ContentKind = 'json' | 'zip' | 'encrypted' | 'html' | 'damaged';

/** An encrypted draft is one line of base64 of many kilobytes; a shorter run of letters is just a word. */
const shortestCipherText = 64;

/**
 * Tells by the first bytes, never by name or declared type (docs/draft-format.md, "Telling files apart"). Byte order
 * marks and blanks are skipped. A few hundred bytes are enough; more do no harm.
 */
export function contentKind(firstBytes: Uint8Array): ContentKind {
  if (startsWith(firstBytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(firstBytes, [0x50, 0x4b, 0x05, 0x06]))
    return 'zip';
  const text = decodeText(firstBytes.subarray(0, 4096)).trimStart();
  if (text.startsWith('{') || text.startsWith('[')) return 'json';
  if (text.startsWith('<')) return 'html';
  const line = text.trimEnd();
  return line.length >= shortestCipherText && /^[A-Za-z0-9+/=]+$/.test(line) ? 'encrypted' : 'damaged';
}

/** UTF-8, or UTF-16 when its byte order mark says so; the mark itself is left out. */
export function decodeText(bytes: Uint8Array): string {
  if (startsWith(bytes, [0xff, 0xfe])) return new TextDecoder('utf-16le').decode(bytes);
  if (startsWith(bytes, [0xfe, 0xff])) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}
