import { createHash } from 'node:crypto';

/** Device names that Windows gives to no file, whatever extension follows (also with superscript digits). */
const reservedName = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=$|[. ])/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const unusableCharacters = /[\u0000-\u001f\u007f<>:"|?*]/g;

const longestNameBytes = 150;
const longestPathChars = 1000;
const deepest = 16;

export type SafePath = { readonly path: string } | { readonly unsafe: string };

/**
 * A relative path from the network (archive entry, file of a service) as one that is safe on every system, with `/`.
 * What only looks odd is renamed: reserved names, characters that Windows refuses (`:` would open an alternate stream),
 * trailing dots and blanks, over-long names. What tries to leave its folder is refused.
 */
export function safeRelativePath(raw: string): SafePath {
  if (raw.length > longestPathChars) return { unsafe: 'path too long' };
  if (raw.includes('\0')) return { unsafe: 'NUL character' };
  // Some zip tools of Windows write backslashes.
  const written = raw.replaceAll('\\', '/');
  if (written.startsWith('/')) return { unsafe: 'absolute path' };
  if (/^[a-z]:/i.test(written)) return { unsafe: 'drive letter' };
  const parts = written.split('/').filter((part) => part !== '' && part !== '.');
  // `.. ` and `...` are parents or the folder itself to Windows, which drops trailing dots and blanks.
  if (parts.some((part) => /^\.\.[. ]*$/.test(part))) return { unsafe: 'leaves its folder' };
  if (parts.length === 0) return { unsafe: 'empty name' };
  if (parts.length > deepest) return { unsafe: 'too many folders' };
  return { path: parts.map(safeName).join('/') };
}

/** One file name that every system accepts; equal input gives equal output, an already safe name stays. */
export function safeName(raw: string): string {
  const plain = raw
    .replaceAll(/[\\/]/g, '_')
    .replaceAll(unusableCharacters, '_')
    .replace(/[. ]+$/, '');
  const named = plain === '' ? '_' : reservedName.test(plain) ? `_${plain}` : plain;
  return shortened(named, raw);
}

/** Names beyond the limit keep their beginning and extension; a digest keeps two of them apart. */
function shortened(name: string, raw: string): string {
  if (Buffer.byteLength(name) <= longestNameBytes) return name;
  const digest = createHash('sha256').update(raw).digest('hex').slice(0, 8);
  const extension = /\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? '';
  let stem = name.slice(0, name.length - extension.length);
  while (Buffer.byteLength(stem) > longestNameBytes - 9 - extension.length) stem = [...stem].slice(0, -1).join('');
  return `${stem}~${digest}${extension}`;
}

/** Hands out names that differ even where upper and lower case do not: `a.mp4`, `A~2.mp4`. */
export class NameKeeper {
  readonly #taken = new Set<string>();

  take(path: string): string {
    const dot = path.lastIndexOf('.');
    const [stem, extension] = dot > path.lastIndexOf('/') + 1 ? [path.slice(0, dot), path.slice(dot)] : [path, ''];
    for (let count = 1; ; count++) {
      const name = count === 1 ? path : `${stem}~${count}${extension}`;
      const key = name.normalize('NFC').toLowerCase();
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      return name;
    }
  }
}
