import { isCutShort } from './cut-short.ts';

/** What a reader notices of a file that can be shown or heard in part only. */
export type Damage =
  /** It ends before its container says. */
  | 'ends early'
  /** Some of it cannot be decoded. */
  | 'broken';

/** Containers round, and say what was recorded rather than what was kept; a download that was cut off lacks more. */
const usualLackUs = 200_000;

/** Notices damage while a file is read, and tells it once. */
export class DamageWatch {
  private noticed: Damage | null = null;
  private decoding = false;

  /** Reading goes on elsewhere: what precedes the first picture or sound there cannot be decoded, and need not be. */
  jumped(): void {
    this.decoding = false;
  }

  /** Something was decoded. */
  decoded(): void {
    this.decoding = true;
  }

  /** A packet could not be decoded. */
  failed(): void {
    if (this.decoding) this.noticed ??= 'broken';
  }

  /** Nothing follows any more in a file. */
  ended(file: string, atUs: number, promisedUs: number): void {
    if (promisedUs - atUs > usualLackUs || isCutShort(file)) this.noticed = 'ends early';
  }

  /** What has been noticed since it was last asked. */
  take(): Damage | null {
    const noticed = this.noticed;
    this.noticed = null;
    return noticed;
  }
}
