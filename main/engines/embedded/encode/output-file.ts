import {
  AVERROR_EAGAIN,
  AVERROR_EOF,
  type CodecContext,
  type CodecParameters,
  Dictionary,
  FormatContext,
  type IRational,
  Packet,
  Rational,
  type Stream,
} from 'node-av';
import { avReason } from '../../../media/open.ts';
import { StationError } from '../../../shared/errors/index.ts';
import type { ExportPreset } from '../../../shared/settings.ts';

/** A media file being written, packet by packet: streams are added, then it is started, filled and finished. */
export class OutputFile {
  private readonly format: FormatContext;
  private readonly packet = new Packet();
  private closed = false;

  private constructor(format: FormatContext) {
    this.format = format;
    this.packet.alloc();
  }

  /** @throws StationError RENDER_FAILED */
  static create(file: string, container: ExportPreset['container']): OutputFile {
    const format = new FormatContext();
    check(format.allocOutputContext2(null, container, file), 'starting the file');
    return new OutputFile(format);
  }

  /**
   * Adds a stream.
   * @param describe fills in what is known of it; FFmpeg's error code when it cannot
   * @throws StationError RENDER_FAILED
   */
  addStream(describe: (parameters: CodecParameters) => number, timeBase: IRational): Stream {
    const stream = this.format.newStream(null);
    check(describe(stream.codecpar), 'describing a stream');
    stream.timeBase = new Rational(timeBase.num, timeBase.den);
    return stream;
  }

  /**
   * Opens the file itself; all streams are known by now.
   * @param indexFirst whether it plays while it is downloaded; that takes writing it twice
   * @throws StationError RENDER_FAILED
   */
  async start(indexFirst: boolean): Promise<void> {
    check(await this.format.openOutput(), 'opening the file');
    const options = indexFirst ? Dictionary.fromObject({ movflags: '+faststart' }) : null;
    check(await this.format.writeHeader(options), 'writing the header');
  }

  /**
   * Gives an encoder a frame, null at the end, and writes what comes out of it.
   * @throws StationError RENDER_FAILED
   */
  async encode(context: CodecContext, stream: Stream, frame: Parameters<CodecContext['sendFrame']>[0]): Promise<void> {
    check(await context.sendFrame(frame), 'encoding');
    for (;;) {
      const received = await context.receivePacket(this.packet);
      if (received === AVERROR_EAGAIN || received === AVERROR_EOF) return;
      check(received, 'encoding');
      await this.write(this.packet, stream, context.timeBase);
    }
  }

  /** Writes a packet whose times are in a time base of its own. @throws StationError RENDER_FAILED */
  async write(packet: Packet, stream: Stream, timeBase: IRational): Promise<void> {
    packet.streamIndex = stream.index;
    packet.rescaleTs(timeBase, stream.timeBase);
    check(await this.format.interleavedWriteFrame(packet), 'writing the file');
  }

  /** Completes the file. @throws StationError RENDER_FAILED */
  async finish(): Promise<void> {
    check(await this.format.writeTrailer(), 'completing the file');
    await this.close();
  }

  /** Frees everything without completing the file. Safe to call twice. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.packet.free();
    await this.format.closeOutput();
    this.format.freeContext();
  }
}

function check(code: number, doing: string): void {
  if (code < 0) throw new StationError('RENDER_FAILED', { reason: `${doing}: ${avReason(code)}` });
}
