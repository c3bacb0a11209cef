import type { Frame } from 'node-av';
import { referenceTo } from '../../../media/buffer-frame.ts';
import type { TimedFrame } from '../../../media/frame-reader.ts';
import type { OwnFrame } from '../encode/frame-converter.ts';
import { SharedFrame } from '../encode/shared-frame.ts';

/** What was made of the last frame of a clip: the same frame may be wanted again. */
export class LastFrame {
  private last: { readonly serial: number; readonly made: SharedFrame<OwnFrame> } | null = null;

  /** Kept until the next one: hold it. @param make makes it of the decoded frame, which is freed afterwards */
  of({ frame, serial }: TimedFrame, make: (source: Frame) => Promise<OwnFrame>): SharedFrame<OwnFrame> {
    if (this.last?.serial === serial) return this.last.made;
    this.last?.made.release();
    // The reader may move on to its next frame while this one is being worked on.
    const source = referenceTo(frame);
    const made = new SharedFrame(make(source).finally(() => source.free()));
    this.last = { serial, made };
    return made;
  }

  close(): void {
    this.last?.made.release();
  }
}
