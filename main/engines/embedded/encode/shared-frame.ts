import type { Frame } from 'node-av';
import { Shared } from '../shared.ts';

/** A frame of the encoder's size and format. */
export interface EncoderFrame {
  readonly frame: Frame;
  /** Gives its memory back; once. */
  free(): void;
}

/** A frame being made, for several users. */
export class SharedFrame<Made extends EncoderFrame = EncoderFrame> extends Shared {
  readonly ready: Promise<Made>;

  constructor(ready: Promise<Made>) {
    super();
    this.ready = ready;
    // Those who wait for it hear why it failed; there may be nobody yet.
    ready.catch(() => {});
  }

  protected free(): void {
    this.ready.then(
      (made) => made.free(),
      () => {},
    );
  }
}
