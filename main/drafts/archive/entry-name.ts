import type { Entry } from 'yauzl';

const utf8Flag = 0x800;
/** Info-ZIP's "Unicode Path" extra field. */
const unicodePathField = 0x7075;

/**
 * The name of a zip entry as its maker meant it: UTF-8 when flagged, the Unicode field when there is one; unflagged
 * names are UTF-8 (macOS, Info-ZIP) when they can be, else GBK (Chinese Windows).
 */
export function entryName(entry: Pick<Entry, 'fileNameRaw' | 'generalPurposeBitFlag' | 'extraFields'>): string {
  const raw = entry.fileNameRaw;
  if ((entry.generalPurposeBitFlag & utf8Flag) !== 0) return new TextDecoder().decode(raw);
  const field = entry.extraFields.find(({ id, data }) => id === unicodePathField && data.length > 5 && data[0] === 1);
  if (field !== undefined) return new TextDecoder().decode(field.data.subarray(5));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return new TextDecoder('gbk').decode(raw);
  }
}
