/**
 * One value of the client's `globalSetting` (an INI file as Qt writes it: CRLF, `\\` for a backslash, `\x597d` for
 * characters outside Latin-1, quotes around values with commas or semicolons). Null when absent or damaged.
 */
export function readIni(text: string, key: string): string | null {
  let section = '';
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    const header = /^\s*\[([^\]]*)\]\s*$/.exec(line)?.[1];
    if (header !== undefined) section = header;
    if (section !== 'General' && section !== '') continue;
    const at = line.indexOf('=');
    if (at < 0 || line.slice(0, at).trim() !== key) continue;
    return unescapeValue(line.slice(at + 1).trim());
  }
  return null;
}

function unescapeValue(value: string): string {
  const bare = /^"(.*)"$/s.exec(value)?.[1] ?? value;
  return bare.replace(/\\(\\|"|x[0-9a-fA-F]{1,4})/g, (_, escaped: string) =>
    escaped.startsWith('x') ? String.fromCharCode(Number.parseInt(escaped.slice(1), 16)) : escaped,
  );
}

/** The same text with one value changed, added to `[General]`, or removed (null); everything else stays byte for byte. */
export function writeIni(text: string, key: string, value: string | null): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(newline);
  const at = lines.findIndex((line) => line.includes('=') && line.slice(0, line.indexOf('=')).trim() === key);
  if (value === null) return (at >= 0 ? lines.toSpliced(at, 1) : lines).join(newline);
  const line = `${key}=${value}`;
  if (at >= 0) return lines.toSpliced(at, 1, line).join(newline);
  const general = lines.findIndex((entry) => entry.trim() === '[General]');
  if (general >= 0) return lines.toSpliced(general + 1, 0, line).join(newline);
  return ['[General]', line, ...lines].join(newline);
}
