import type { Frame } from 'node-av';

/** A frame of the encoder's size and format. */
export interface EncoderFrame {
  readonly frame: Frame;
  /** Gives its memory back; once. */
  free(): void;
}

/** A frame being made, for several users: freed when the last of them lets it go. */
export class SharedFrame<Made extends EncoderFrame = EncoderFrame> {
  readonly ready: Promise<Made>;
  private users = 1;

  /** Its maker is its first user. */
  constructor(ready: Promise<Made>) {
    this.ready = ready;
    // Those who wait for it hear why it failed; there may be nobody yet.
    ready.catch(() => {});
  }

  hold(): this {
    this.users += 1;
    return this;
  }

  release(): void {
    this.users -= 1;
    if (this.users === 0)
      this.ready.then(
        (made) => made.free(),
        () => {},
      );
  }
}
