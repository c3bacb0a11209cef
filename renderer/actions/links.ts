/**
 * Draft links in pasted or dropped text: one per line, also separated by blanks when each piece is a link.
 * Repeated ones count once. Lines that start with `#` (as in a uri-list) are comments.
 */
export function linksIn(text: string): readonly string[] {
  const links = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) => {
      const pieces = line.split(/[\s，；]+/).filter(Boolean);
      return pieces.length > 1 && pieces.every((piece) => /^["'“]?https?:\/\//.test(piece)) ? pieces : [line];
    });
  return [...new Set(links)];
}
