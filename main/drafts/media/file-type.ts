/** What the first bytes of a media file say it is. */
export interface FileType {
  readonly kind: 'video' | 'picture' | 'sound';
  /** Usual extension, with dot. */
  readonly extension: string;
}

type Signature = readonly [offset: number, bytes: string, type: FileType];

const video = (extension: string): FileType => ({ kind: 'video', extension });
const picture = (extension: string): FileType => ({ kind: 'picture', extension });
const sound = (extension: string): FileType => ({ kind: 'sound', extension });

/** Characters stand for their own byte. */
const signatures: readonly Signature[] = [
  [0, '\xff\xd8\xff', picture('.jpg')],
  [0, '\x89PNG\r\n\x1a\n', picture('.png')],
  [0, 'GIF8', picture('.gif')],
  [0, 'BM', picture('.bmp')],
  [0, 'II*\0', picture('.tif')],
  [0, 'MM\0*', picture('.tif')],
  [0, '\x1aE\xdf\xa3', video('.mkv')],
  [0, 'FLV\x01', video('.flv')],
  [0, '0&\xb2u\x8ef\xcf\x11', video('.wmv')],
  [0, '\0\0\x01\xba', video('.mpg')],
  [0, '\0\0\x01\xb3', video('.mpg')],
  [0, 'ID3', sound('.mp3')],
  [0, 'OggS', sound('.ogg')],
  [0, 'fLaC', sound('.flac')],
  [0, '#!AMR', sound('.amr')],
  [0, 'FORM', sound('.aiff')],
  [0, 'caff', sound('.caf')],
  [4, 'moov', video('.mov')],
  [4, 'mdat', video('.mov')],
  [4, 'wide', video('.mov')],
  [4, 'free', video('.mov')],
];

const riffTypes: Readonly<Record<string, FileType>> = {
  WAVE: sound('.wav'),
  'AVI ': video('.avi'),
  WEBP: picture('.webp'),
};

/** Major brands of ISO media files that are not plain video. */
const brands: readonly (readonly [RegExp, FileType])[] = [
  [/^M4[AB] /, sound('.m4a')],
  [/^(?:hei[cxms]|hev[cx]|mif1|msf1)/, picture('.heic')],
  [/^avi[fs]/, picture('.avif')],
  [/^qt {2}/, video('.mov')],
];

/**
 * Tells the type by content; names and declared types from the network are not believed (an `.image` may be an MP3).
 * Null when the bytes are of no known media type, which need not mean that nobody can play them.
 */
export function fileType(head: Uint8Array): FileType | null {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 64)).toString('latin1');
  if (text.startsWith('RIFF')) return riffTypes[text.slice(8, 12)] ?? null;
  if (text.slice(4, 8) === 'ftyp') {
    const brand = text.slice(8, 12);
    return brands.find(([pattern]) => pattern.test(brand))?.[1] ?? video('.mp4');
  }
  const known = signatures.find(([offset, bytes]) => text.startsWith(bytes, offset));
  if (known !== undefined) return known[2];
  if (isLottie(head)) return picture('.json');
  if (isMpegAudio(head)) return sound(((head[1] ?? 0) & 0x06) === 0 ? '.aac' : '.mp3');
  return isTransportStream(head) ? video('.ts') : null;
}

/** JSON whose beginning has at least three of a Lottie animation's own fields: an error answer has none. */
function isLottie(head: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(head.subarray(0, 512)).trimStart();
  const fields = text.match(/"(?:v|fr|ip|op|ddd|nm|layers|assets)"\s*:/gu) ?? [];
  return text.startsWith('{') && new Set(fields).size >= 3;
}

/** MPEG frame sync; layer bits 00 mean ADTS (AAC). */
function isMpegAudio(head: Uint8Array): boolean {
  const second = head[1] ?? 0;
  const isSync = head[0] === 0xff && (second & 0xe0) === 0xe0;
  return isSync && (second & 0x18) !== 0x08 && ((head[2] ?? 0xff) & 0xf0) !== 0xf0;
}

function isTransportStream(head: Uint8Array): boolean {
  return head.byteLength > 188 && head[0] === 0x47 && head[188] === 0x47;
}

/** What bytes that are certainly no media are, for a sentence: error pages and error answers come as 200 too. */
export function notMedia(head: Uint8Array): 'html' | 'xml' | 'json' | 'empty' | null {
  if (head.byteLength === 0) return 'empty';
  const text = new TextDecoder('utf-8').decode(head.subarray(0, 512)).trimStart();
  if (/^<(?:!doctype\s+html|html|head|body|script)/i.test(text)) return 'html';
  if (text.startsWith('<')) return 'xml';
  return /^[{[]\s*["{[\]}]/.test(text) ? 'json' : null;
}
