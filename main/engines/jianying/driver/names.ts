/** File name without folder and extension. */
export function stemOf(clientPath: string): string {
  const name = clientPath.split(/[\\/]/).at(-1) ?? '';
  return name.replace(/\.[^.]*$/, '');
}

/** `q-7f3a21` or `q-7f3a21 (1)`, `q-7f3a21(1)`. */
export function isNameOf(stem: string, draftName: string): boolean {
  if (!stem.toLowerCase().startsWith(draftName.toLowerCase())) return false;
  return /^(?:\s?[((]\d+[))])?$/.test(stem.slice(draftName.length));
}
