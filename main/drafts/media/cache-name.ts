import { createHash } from 'node:crypto';
import type { Validator } from '../network/validator.ts';
import { urlKey } from '../url-key.ts';

/** All that is known of a kept copy; its file name says it. */
export interface CacheNote {
  /** Digest of the address without its signature: which file this is. */
  readonly key: string;
  /** Digest of the whole address. */
  readonly address: string;
  readonly bytes: number;
  /** The beginning of a file only, to go on from. */
  readonly isPart: boolean;
  readonly validator: Validator | null;
}

/** Longer ones are not kept: the name has to fit everywhere. */
const longestValidator = 90;
const pattern = /^([0-9a-f]{32})-([0-9a-f]{16})-(\d{1,15})(?:-([em])([A-Za-z0-9_-]+))?\.(media|part)$/;

export function noteOf(url: string, bytes: number, validator: Validator | null, isPart = false): CacheNote {
  return { key: keyOf(url), address: addressDigest(url), bytes, isPart, validator };
}

export function keyOf(url: string): string {
  return digest(urlKey(new URL(url))).slice(0, 32);
}

export function addressDigest(url: string): string {
  return digest(url).slice(0, 16);
}

/** `<key>-<address>-<bytes>[-e<etag> | -m<date>].media` (or `.part`), validators in base64url. */
export function cacheFileName({ key, address, bytes, isPart, validator }: CacheNote): string {
  const [mark, text] = validator?.etag ? ['e', validator.etag] : ['m', validator?.lastModified ?? ''];
  const kept =
    text === '' || text.length > longestValidator ? '' : `-${mark}${Buffer.from(text).toString('base64url')}`;
  return `${key}-${address}-${bytes}${kept}.${isPart ? 'part' : 'media'}`;
}

/** Null for a name that is none of ours. */
export function parseCacheFileName(name: string): CacheNote | null {
  const [, key, address, bytes, mark, text, kind] = pattern.exec(name) ?? [];
  if (key === undefined || address === undefined) return null;
  const value = text === undefined ? null : Buffer.from(text, 'base64url').toString();
  const validator =
    value === null ? null : { etag: mark === 'e' ? value : null, lastModified: mark === 'm' ? value : null };
  return { key, address, bytes: Number(bytes), isPart: kind === 'part', validator };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
